using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;
using Scouthook.Testing;

namespace Scouthook.Dashboard.Tests;

/// <summary>Sources by hand: their registration in Help Scout, and a secret that replaces another without losing an event.</summary>
public sealed class SourcesTests(DashboardFixture dashboard) : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HelpScoutEmulator _helpScout = null!;
    private GatewayProcess _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(options => options.RequestsPerMinute = null, Cancelled);
        _gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Sources:default:HelpScout:Api", _helpScout.Address.AbsoluteUri)
            .With("Scouthook:Sources:default:HelpScout:ClientId", _helpScout.ClientId)
            .With("Scouthook:Sources:default:HelpScout:ClientSecret", _helpScout.ClientSecret)
            .With("Scouthook:Sources:default:HelpScout:PollInterval", "1s"));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _helpScout.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Registration_in_Help_Scout_is_shown_as_it_changes()
    {
        await using var page = await SignInAsync();
        await page.GoAsync("sources");
        await page.SeesAsync("not as expected");
        await page.SeesAsync("No registration calls a URL that ends with /webhook.");

        var webhook = _helpScout.AddWebhook($"http://127.0.0.1:{_gateway.Port}/webhook", GatewaySetup.Secret);
        await OpenPage.SeesAsync(page.Content.GetByText("as expected", new() { Exact = true }));
        _helpScout.Disable(webhook.Id);
        await OpenPage.SeesAsync(page.Content.GetByText("disabled", new() { Exact = true }));
        await page.SeesAsync("Help Scout sends nothing.");

        await Axe.AssertAccessibleAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task New_secret_takes_over_from_the_old_one_and_each_is_recognised_by_its_fingerprint()
    {
        await using var page = await SignInAsync();
        await page.GoAsync("sources");
        var old = await Secrets(page).Locator("code").InnerTextAsync();

        await page.ClickAsync("Add a secret to default");
        var secret = await page.Content.Locator(".panel.secret code").InnerTextAsync();
        await OpenPage.SeesAsync(Secrets(page).Nth(1));
        var fingerprints = await Secrets(page).Locator("code").AllInnerTextsAsync();
        var early = await _gateway.SendAsync(Some.Event(840_001).Request(secret));
        Assert.Equal(old, await CompareAsync(page, GatewaySetup.Secret, "an earlier secret of default"));
        Assert.Equal(fingerprints[0], await CompareAsync(page, secret, "the current secret of default"));
        await CompareAsync(page, "a secret of nobody", "none of these secrets");

        await page.ClickAsync($"End secret {old}");
        await page.ConfirmAsync("End");
        await OpenPage.SeesAsync(page.Page.GetByText("Ended.", new() { Exact = true }));
        await OpenPage.SeesAsync(page.Content.GetByText("ended", new() { Exact = true }));
        var after = await _gateway.SendAsync(Some.Event(840_002).Request(secret));
        var late = await _gateway.SendAsync(Some.Event(840_003).Request(GatewaySetup.Secret));
        await page.ClickAsync($"End secret {fingerprints[0]}");
        await page.ConfirmAsync("End");

        await OpenPage.SeesAsync(page.Page.GetByText("It is the only valid secret"));
        Assert.Equal([200, 200, 401], [early.Status, after.Status, late.Status]);
        Assert.Equal(2, fingerprints.Distinct().Count());
        Assert.Equal(old, fingerprints[1]);
        await Axe.AssertAccessibleAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Secret_made_in_Help_Scout_is_entered_and_never_shown()
    {
        const string made = "a secret that was made in Help Scout";
        await using var page = await SignInAsync();
        await page.GoAsync("sources");

        await page.Page.GetByLabel("New secret").FillAsync(made);
        await page.ClickAsync("Add a secret to default");
        await OpenPage.SeesAsync(Secrets(page).Nth(1));
        var answer = await _gateway.SendAsync(Some.Event(840_004).Request(made));

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(made, await page.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await page.Page.GetByLabel("New secret").InputValueAsync());
    }

    private static ILocator Secrets(OpenPage page) => page.Content.Locator("ul.secrets li");

    /// <returns>The fingerprint at the end of the answer, if there is one.</returns>
    private static async Task<string> CompareAsync(OpenPage page, string secret, string answer)
    {
        await page.Page.GetByLabel("Secret", new() { Exact = true }).FillAsync(secret);
        await page.ClickAsync("Compare");
        var line = page.Content.Locator("form [role=status]").Filter(new() { HasText = answer });
        await OpenPage.SeesAsync(line);
        return (await line.InnerTextAsync()).Split(", ")[^1].TrimEnd('.');
    }

    private async Task<OpenPage> SignInAsync()
    {
        var page = await dashboard.OpenAsync(address: new Uri($"http://127.0.0.1:{_gateway.ManagementPort}/"));
        await page.SignInAsync(GatewaySetup.Key);
        return page;
    }
}
