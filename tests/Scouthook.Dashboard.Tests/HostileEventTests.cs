using System.Text.Json.Nodes;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.TestSupport;
using Scouthook.TestSupport.Gateways;

namespace Scouthook.Dashboard.Tests;

/// <summary>Events are written by strangers: whatever they contain is shown as text and runs nothing.</summary>
[Collection(DashboardCollection.Name)]
public sealed class HostileEventTests(DashboardFixture dashboard)
{
    private const string Attack =
        "\"'><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\"><svg/onload=window.hacked=1>";

    [Fact]
    public async Task Script_in_any_part_of_an_event_does_not_run()
    {
        var payload = JsonNode.Parse(Some.Sample("convo.customer.reply.created").Body)!;
        Poison(payload);
        payload["id"] = 4_666_000_001;
        payload["_links"] = new JsonObject { ["web"] = new JsonObject { ["href"] = "javascript:window.hacked=1" } };
        var sent = new SentEvent("convo.customer.reply.created", System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()));
        var answer = await dashboard.Gateway.SendAsync(sent.Request().With("X-Extra", Attack));
        var unknown = await dashboard.Gateway.SendAsync(new SentEvent("<img/src=x/onerror=window.hacked=1>", sent.Body).Request());
        await using var page = await dashboard.SignInAsync();

        await page.GoAsync("events");
        await OpenPage.SeesAsync(page.Content.Locator("tr[data-row]").GetByText("<img/src=x/onerror=window.hacked=1>"));
        await CheckAsync(page);
        await page.GoAsync($"events/{await dashboard.NewestAsync("events", "resource=conversation:4666000001")}");
        await CheckAsync(page);
        await page.ClickAsync("Raw");
        await OpenPage.SeesAsync(page.Content.Locator("pre.raw"));
        await CheckAsync(page);
        await page.GoAsync($"events/{await dashboard.NewestAsync("events", "state=unknown")}");
        await CheckAsync(page);
        await page.GoAsync($"deliveries/{await dashboard.NewestAsync("deliveries")}");
        await CheckAsync(page);
        await page.GoAsync($"events?q={Uri.EscapeDataString(Attack)}&type={Uri.EscapeDataString(Attack)}");
        await CheckAsync(page);

        Assert.Equal((200, 200), (answer.Status, unknown.Status));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Script_that_got_into_a_page_would_be_blocked()
    {
        await using var page = await dashboard.SignInAsync();

        await page.Page.EvaluateAsync(
            "() => { const script = document.createElement('script'); script.textContent = 'window.hacked = 1'; document.body.append(script); }");
        await Eventually.TrueAsync(() => page.Complaints.Count > 0, "the browser reports the violation");

        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        Assert.Contains(page.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static async Task CheckAsync(OpenPage page)
    {
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.hacked === undefined"), page.Page.Url);
        Assert.Equal(0, await page.Page.Locator("#content script, #content img, #content a[href^='javascript:'], [onerror], [onload]").CountAsync());
    }

    /// <summary>Puts the attack into every text of the payload.</summary>
    private static void Poison(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonValue text && text.TryGetValue<string>(out var old) && !DateTimeOffset.TryParse(old, out _))
                    {
                        members[name] = old + Attack;
                    }
                    else if (value is not null)
                    {
                        Poison(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Poison(item!);
                }

                break;
        }
    }
}
