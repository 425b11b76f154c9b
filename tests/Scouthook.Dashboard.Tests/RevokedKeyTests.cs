using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>A session that ends while a page is open. It takes a minute of the real clock, so it runs beside all others.</summary>
public sealed class RevokedKeyTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Open_page_ends_with_its_key()
    {
        var key = await dashboard.CreateKeyAsync("Sam (left)", "operator");
        await using var page = await dashboard.SignInAsync(key);
        await page.GoAsync("events");
        var id = (await dashboard.Gateway.Client.JsonAsync("/api/v1/keys"))["items"]!.AsArray()
            .Single(item => (string?)item!["name"] == "Sam (left)")!["id"];

        using var revoked = await dashboard.Gateway.Client.DeleteAsync($"/api/v1/keys/{id}", TestContext.Current.CancellationToken);
        revoked.EnsureSuccessStatusCode();

        // Either the circuit shows it, or the page has gone to the sign-in form.
        await page.Page.WaitForFunctionAsync(
            "() => document.querySelector('main.ended') || document.querySelector('.sign-in form')", null, new() { Timeout = 3 * OpenPage.Patience });
        Assert.Equal(0, await page.Page.Locator("tr[data-row]").CountAsync());
    }
}
