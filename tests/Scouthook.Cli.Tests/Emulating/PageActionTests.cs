using System.Globalization;
using System.Net;
using Scouthook.Events;

namespace Scouthook.Cli.Tests.Emulating;

public sealed class PageActionTests
{
    [Theory]
    [InlineData("customer-reply", "convo.customer.reply.created")]
    [InlineData("agent-reply", "convo.agent.reply.created")]
    [InlineData("note", "convo.note.created")]
    [InlineData("assign", "convo.assigned")]
    [InlineData("status", "convo.status", "closed")]
    [InlineData("tag", "convo.tags")]
    [InlineData("move", "convo.moved")]
    [InlineData("custom-field", "convo.custom-fields")]
    [InlineData("snooze", "convo.status")]
    [InlineData("delete", "convo.deleted")]
    public async Task Button_of_a_conversation_raises_its_event(string action, string expected, string? value = null)
    {
        await using var page = await RunningPage.StartAsync();
        var id = await StartConversationAsync(page);

        var raised = await page.PostAsync($"page/actions/{action}", new { id, value });

        Assert.Contains(expected, raised);
    }

    [Theory]
    [InlineData("email", "convo.created")]
    [InlineData("ai-answers", "convo.ai-answers.created")]
    [InlineData("chat", "beacon.chat.created")]
    [InlineData("survey", "message.survey.response.received")]
    [InlineData("customer-create", "customer.created")]
    [InlineData("organization-create", "organization.created")]
    [InlineData("tag-create", "tag.created")]
    [InlineData("user-status", "user.status.changed")]
    public async Task Button_without_a_selection_raises_its_event(string action, string expected)
    {
        await using var page = await RunningPage.StartAsync();

        Assert.Equal([expected], await page.PostAsync($"page/actions/{action}", new { }));
    }

    [Theory]
    [InlineData("customer-update", "customer.updated")]
    [InlineData("customer-delete", "customer.deleted")]
    [InlineData("organization-update", "organization.updated")]
    [InlineData("organization-delete", "organization.deleted")]
    [InlineData("tag-update", "tag.updated")]
    [InlineData("tag-delete", "tag.deleted")]
    public async Task Button_of_a_directory_entry_raises_its_event(string action, string expected)
    {
        await using var page = await RunningPage.StartAsync();
        var state = (await page.ReadAsync()).GetProperty("account");
        var id = state.GetProperty(action.Split('-')[0] + "s")[0].GetProperty("id").GetInt64();

        var raised = await page.PostAsync($"page/actions/{action}", new { id = Text(id) });

        Assert.Contains(expected, raised);
    }

    [Fact]
    public async Task Chat_is_accepted_continued_and_becomes_a_conversation()
    {
        await using var page = await RunningPage.StartAsync();
        await page.PostAsync("page/actions/chat", new { });
        var id = page.Emulator.Account.Chats[0].Id;

        var accepted = await page.PostAsync("page/actions/chat-accept", new { id });
        var replied = await page.PostAsync("page/actions/chat-reply", new { id });
        var answered = await page.PostAsync("page/actions/chat-answer", new { id });
        var ended = await page.PostAsync("page/actions/chat-end", new { id });

        Assert.Equal([[], ["beacon.chat.customer.replied"], [], ["convo.created"]], (string[][])[accepted, replied, answered, ended]);
        Assert.Equal(0, (await page.ReadAsync()).GetProperty("account").GetProperty("chats").GetArrayLength());
    }

    [Fact]
    public async Task Conversations_are_merged_rated_and_unassigned()
    {
        await using var page = await RunningPage.StartAsync();
        var (id, other) = (await StartConversationAsync(page), await StartConversationAsync(page));
        await page.PostAsync("page/actions/agent-reply", new { id });

        var rated = await page.PostAsync("page/actions/rate", new { id });
        var unassigned = await page.PostAsync("page/actions/assign", new { id, value = "" });
        var merged = await page.PostAsync("page/actions/merge", new { id, value = other });

        Assert.Equal([["satisfaction.ratings"], ["convo.assigned"], ["convo.merged"]], (string[][])[rated, unassigned, merged]);
        Assert.Single(page.Emulator.Account.Conversations);
    }

    [Fact]
    public async Task Email_has_the_sender_subject_and_text_of_the_form()
    {
        await using var page = await RunningPage.StartAsync();

        var raised = await page.PostAsync(
            "page/actions/email", new { email = "new@example.com", subject = "<b>Invoice</b>", text = "Again, please" });

        Assert.Equal(["customer.created", "convo.created"], raised);
        Assert.Equal("<b>Invoice</b>", page.Emulator.Account.Conversations[0].Subject);
    }

    [Fact]
    public async Task One_of_each_raises_all_26_and_each_can_be_raised_alone()
    {
        await using var page = await RunningPage.StartAsync();
        var all = HelpScoutEventCatalog.All.Select(type => type.Name).Order().ToList();

        var together = await page.PostAsync("page/events", new { });

        Assert.Equal(all, together.Distinct().Order());
        foreach (var name in all)
        {
            Assert.Contains(name, await page.PostAsync("page/events", new { value = name }));
        }
    }

    [Fact]
    public async Task Busy_day_starts_and_stops_at_the_rate_of_the_form()
    {
        await using var page = await RunningPage.StartAsync();
        var happened = new TaskCompletionSource();
        page.Emulator.Account.Emitted += _ => happened.TrySetResult();

        await page.PostAsync("page/rate", new { eventsPerSecond = 20.5 });
        await happened.Task.WaitAsync(TestContext.Current.CancellationToken);
        var running = await page.ReadAsync();
        await page.PostAsync("page/rate", new { eventsPerSecond = 0 });
        var stopped = await page.ReadAsync();

        Assert.Equal(20.5, running.GetProperty("rate").GetDouble());
        Assert.Equal(0, stopped.GetProperty("rate").GetDouble());
    }

    [Theory]
    [InlineData("page/actions/note", "{\"id\":\"4711\"}", HttpStatusCode.BadRequest, "There is no conversation 4711. It may have been merged or deleted.")]
    [InlineData("page/actions/note", "{}", HttpStatusCode.BadRequest, "The action requires an id or a value.")]
    [InlineData("page/actions/tag-delete", "{\"id\":\"x\"}", HttpStatusCode.BadRequest, "'x' is not an id.")]
    [InlineData("page/actions/user-status", "{\"id\":\"4711\"}", HttpStatusCode.BadRequest, "There is no user 4711.")]
    [InlineData("page/actions/fly", "{}", HttpStatusCode.NotFound, "There is no such action.")]
    [InlineData("page/actions/note", "{\"conversation\":1}", HttpStatusCode.BadRequest, "The body is not the JSON object that this route expects.")]
    [InlineData("page/events", "{\"value\":\"convo.unknown\"}", HttpStatusCode.BadRequest, "There is no such event.")]
    [InlineData("page/rate", "{\"eventsPerSecond\":-1}", HttpStatusCode.BadRequest, "The rate is a number of events per second from 0 to 1000.")]
    [InlineData("page/chaos", "{\"duplicates\":2}", HttpStatusCode.BadRequest, "A probability is a number from 0 to 1.")]
    [InlineData("page/chaos", "{\"fire\":1}", HttpStatusCode.BadRequest, "There is no such disturbance.")]
    [InlineData("page/webhooks/10/disable", "{}", HttpStatusCode.BadRequest, "There is no webhook 10.")]
    [InlineData("page/webhooks", "{\"url\":\"here\",\"secret\":\"S\"}", HttpStatusCode.BadRequest, "The URL of a webhook must be absolute and start with http or https.")]
    public async Task Impossible_change_is_refused_in_words(string path, string body, HttpStatusCode status, string message)
    {
        await using var page = await RunningPage.StartAsync();

        var refused = await page.PostRefusedAsync(path, System.Text.Json.JsonElement.Parse(body));

        Assert.Equal((status, message), refused);
    }

    private static async Task<string> StartConversationAsync(RunningPage page)
    {
        await page.PostAsync("page/actions/email", new { });
        return Text(page.Emulator.Account.Conversations[0].Id);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
