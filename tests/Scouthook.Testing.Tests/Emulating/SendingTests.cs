using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>What is sent, to which webhooks, and how it looks.</summary>
public sealed class SendingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_has_the_headers_of_a_captured_one_and_a_valid_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");

        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilSentAsync(Cancellation);

        var request = Assert.Single(receiver.Requests);
        Assert.True(request.IsSigned);
        Assert.Equal("tag.created", request.Name);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("Help Scout/Webhooks", request.Headers["User-Agent"]);
        Assert.Equal("UTF-8", request.Headers["Accept-Encoding"]);
        Assert.Equal("Keep-Alive", request.Headers["Connection"], ignoreCase: true);
        Assert.Equal($"{request.Body.Length}", request.Headers["Content-Length"]);
        Assert.False(request.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Webhook_gets_the_events_it_is_registered_for_in_order()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "convo.created", "convo.note.created", "convo.deleted");

        var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "Please send it again.");
        helpScout.Account.AddTag(conversation.Id, "billing");
        helpScout.Account.AddNote(conversation.Id, helpScout.Account.Users[2].Id, "Done.");
        helpScout.Account.DeleteConversation(conversation.Id);
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(["convo.created", "convo.note.created", "convo.deleted"], receiver.Names);
    }

    [Fact]
    public async Task Events_of_other_inboxes_are_not_sent_but_events_without_an_inbox_are()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        var (first, second) = (helpScout.Account.Inboxes[0].Id, helpScout.Account.Inboxes[1].Id);
        helpScout.AddWebhook(new WebhookDefinition
        {
            Url = receiver.Url,
            Secret = WebhookReceiver.Secret,
            Events = ["convo.created", "convo.deleted", "customer.created", "tag.created"],
            MailboxIds = [second],
        });

        var other = helpScout.Account.ReceiveEmail("ana@example.com", "Not sent", "…", first);
        helpScout.Account.DeleteConversation(other.Id);
        var sent = helpScout.Account.ReceiveEmail("ana@example.com", "Sent", "…", second);
        helpScout.Account.DeleteConversation(sent.Id);
        helpScout.Account.CreateTag("fragile");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(["customer.created", "convo.created", "convo.deleted", "tag.created"], receiver.Names);
        Assert.Equal(second, (long)JsonNode.Parse(receiver.Requests[1].Body)!["mailboxId"]!);
    }

    [Fact]
    public async Task Each_webhook_has_its_own_queue_and_secret()
    {
        await using var down = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.InternalServerError);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => options.TimeProvider = new FakeTimeProvider(), Cancellation);
        helpScout.AddWebhook(down.Url, "another-secret", "tag.created");
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");

        helpScout.Account.CreateTag("one");
        helpScout.Account.CreateTag("two");
        await helpScout.WaitUntilIdleAsync(Cancellation);

        Assert.Equal([true, true], receiver.Requests.Select(request => request.IsSigned));
        Assert.Equal([false, false], down.Requests.Select(request => request.IsSigned));
        Assert.Equal([2, 0], helpScout.Webhooks.Select(webhook => webhook.Pending));
    }

    [Fact]
    public async Task Bodies_are_escaped_as_PHP_does_or_plain_UTF8()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var php = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        await using var utf8 = await HelpScoutEmulator.StartAsync(options => options.Encoding = BodyEncoding.Utf8, Cancellation);
        foreach (var helpScout in new[] { php, utf8 })
        {
            helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "convo.created");
            helpScout.Account.ReceiveEmail("zoe@example.com", "Zoë 🚀", "…");
            await helpScout.WaitUntilSentAsync(Cancellation);
        }

        Assert.Contains("\"subject\":\"Zo\\u00eb \\ud83d\\ude80\"", receiver.Requests[0].Text, StringComparison.Ordinal);
        Assert.Contains("https:\\/\\/api.helpscout.net\\/v2\\/", receiver.Requests[0].Text, StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"Zoë 🚀\"", receiver.Requests[1].Text, StringComparison.Ordinal);
        Assert.Contains("https://api.helpscout.net/v2/", receiver.Requests[1].Text, StringComparison.Ordinal);
        Assert.All(receiver.Requests, request => Assert.True(request.IsSigned));
    }

    [Fact]
    public async Task Notification_is_the_address_of_the_resource_and_nothing_else()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        helpScout.AddWebhook(Notification(receiver));

        var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "…");
        helpScout.Account.DeleteConversation(conversation.Id);
        await helpScout.WaitUntilSentAsync(Cancellation);

        var expected = $$$$"""{"_links":{"self":{"href":"https:\/\/api.helpscout.net\/v2\/conversations\/{{{{conversation.Id}}}}"}}}""";
        Assert.Equal([expected, expected], receiver.Requests.Select(request => request.Text));
        Assert.All(receiver.Requests, request => Assert.True(request.IsSigned));
    }

    [Fact]
    public async Task Notification_body_and_its_address_are_options()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                options.LinkToEmulator = true;
                options.NotificationBody = resource => $$"""{ "resource": "{{resource}}" }""";
            },
            Cancellation);
        helpScout.AddWebhook(Notification(receiver));
        using var client = await ApiClient.ConnectAsync(helpScout);

        var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "…");
        await helpScout.WaitUntilSentAsync(Cancellation);
        var address = (string)JsonNode.Parse(Assert.Single(receiver.Requests).Body)!["resource"]!;

        Assert.Equal($"{helpScout.Address}v2/conversations/{conversation.Id}", address);
        Assert.Equal("Invoice", (string?)(await client.GetJsonAsync(address))["subject"]);
    }

    [Fact]
    public async Task Number_of_embedded_threads_and_line_items_are_options()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var few = await HelpScoutEmulator.StartAsync(options => options.EmbeddedThreads = 1, Cancellation);
        await using var lineItems = await HelpScoutEmulator.StartAsync(options => options.EmbedLineItems = true, Cancellation);
        foreach (var helpScout in new[] { few, lineItems })
        {
            helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "convo.assigned");
            var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "…");
            helpScout.Account.AddNote(conversation.Id, helpScout.Account.Users[2].Id, "A note.");
            helpScout.Account.Assign(conversation.Id, helpScout.Account.Users[2].Id);
            helpScout.Account.AddNote(conversation.Id, helpScout.Account.Users[2].Id, "A later note.");
            await helpScout.WaitUntilSentAsync(Cancellation);
        }

        Assert.Equal(["note", "lineitem note customer"], receiver.Requests.Select(ThreadTypes));
    }

    [Fact]
    public async Task Conversation_over_the_largest_body_loses_its_oldest_threads()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(options => options.MaxBodyBytes = 6000, Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "convo.note.created");

        var conversation = helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", new string('a', 3000));
        helpScout.Account.AddNote(conversation.Id, helpScout.Account.Users[2].Id, new string('b', 3000));
        await helpScout.WaitUntilSentAsync(Cancellation);

        var request = Assert.Single(receiver.Requests);
        Assert.InRange(request.Body.Length, 3000, 6000);
        Assert.Equal("note", ThreadTypes(request));
    }

    [Fact]
    public async Task AI_agents_are_system_users_in_payload_version_3_only()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        foreach (var version in new[] { "V2", "V3" })
        {
            helpScout.AddWebhook(new WebhookDefinition
            {
                Url = receiver.Url,
                Secret = WebhookReceiver.Secret,
                Events = ["convo.ai-answers.created"],
                PayloadVersion = version,
            });
        }

        helpScout.Account.StartAiAnswersConversation(
            helpScout.Account.Customers[0].Id, "How do I reset it?", "Hold the button.", "That did not help.");
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal([0, 1], receiver.Requests.Select(request => request.Text.Split("\"system_user\"").Length - 1).Order());
        Assert.All(receiver.Requests, request => Assert.True(request.IsSigned));
    }

    [Fact]
    public async Task Several_requests_to_a_webhook_run_at_once_if_allowed()
    {
        var all = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(async (_, before, cancellationToken) =>
        {
            if (before is 2)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(cancellationToken);
            return HttpStatusCode.OK;
        });
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => (options.ConcurrentRequests, options.TimeProvider) = (3, new FakeTimeProvider()), Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created");

        foreach (var name in new[] { "one", "two", "three" })
        {
            helpScout.Account.CreateTag(name);
        }

        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(3, receiver.Requests.Count);
    }

    [Fact]
    public async Task Busy_day_makes_events_happen_by_itself()
    {
        var enough = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync((_, before) =>
        {
            if (before is 30)
            {
                enough.SetResult();
            }

            return HttpStatusCode.OK;
        });
        await using var helpScout = await HelpScoutEmulator.StartAsync(options => options.EventsPerSecond = 500, Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret);

        await enough.Task.WaitAsync(Cancellation);
        await helpScout.DisposeAsync();

        Assert.All(receiver.Requests, request => Assert.True(request.IsSigned));
        Assert.True(receiver.Names.Distinct().Count() > 3);
    }

    [Fact]
    public async Task First_event_of_a_busy_day_is_sent_to_a_webhook_that_exists_from_the_start()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options =>
            {
                options.EventsPerSecond = 5;
                options.Webhooks.Add(new WebhookDefinition { Url = receiver.Url, Secret = WebhookReceiver.Secret });
            },
            Cancellation);

        await helpScout.EndBusyDayAsync();
        await helpScout.WaitUntilSentAsync(Cancellation);
        await helpScout.EndBusyDayAsync();

        Assert.Equal(1, helpScout.Webhooks[0].DeliveryLog[0].EventNumber);
        Assert.Equal(helpScout.Webhooks[0].DeliveryLog.Count, receiver.Requests.Count);
    }

    [Fact]
    public async Task Wait_for_an_emulator_that_has_stopped_ends_with_an_error()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => HttpStatusCode.ServiceUnavailable);
        var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret);
        helpScout.Account.CreateTag("fragile");
        var before = helpScout.WaitUntilSentAsync(Cancellation);

        await helpScout.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => before);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => helpScout.WaitUntilSentAsync(Cancellation));
        await helpScout.EndBusyDayAsync();
    }

    [Fact]
    public async Task Body_that_cannot_be_written_for_one_webhook_is_sent_to_the_others()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => options.NotificationBody = _ => throw new FormatException("on purpose"), Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret);
        helpScout.AddWebhook(Notification(receiver) with { Events = ["tag.created"] });

        Assert.Throws<FormatException>(() => helpScout.Account.CreateTag("fragile"));
        await helpScout.WaitUntilSentAsync(Cancellation);

        Assert.Equal(["tag.created"], receiver.Names);
    }

    [Fact]
    public async Task Test_event_is_sent_to_one_webhook_whatever_it_is_registered_for()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        var id = helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret, "tag.created").Id;
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret);

        await helpScout.SendTestEventAsync(id, Cancellation);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("helpscout.test", """{"id":123}""", true), (request.Name, request.Text, request.IsSigned));
        await Assert.ThrowsAsync<ArgumentException>(() => helpScout.SendTestEventAsync(4711, Cancellation));
    }

    [Fact]
    public async Task Same_seed_and_clock_result_in_the_same_bodies_in_the_same_order()
    {
        var first = await BodiesAsync(seed: 7);
        var again = await BodiesAsync(seed: 7);
        var other = await BodiesAsync(seed: 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.True(first.Count > 10, $"only {first.Count} bodies");
    }

    [Theory]
    [InlineData("/webhook", "secret")]
    [InlineData("ftp://example.com", "secret")]
    [InlineData("https://example.com", "")]
    public async Task Webhook_without_an_address_or_a_secret_is_rejected(string url, string secret)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);

        Assert.Throws<ArgumentException>(() => helpScout.AddWebhook(url, secret));
        Assert.Throws<ArgumentException>(() => helpScout.AddWebhook("https://example.com", "secret", "convo.updated"));
        Assert.Empty(helpScout.Webhooks);
    }

    private static async Task<IReadOnlyList<string>> BodiesAsync(int seed)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => (options.Seed, options.TimeProvider) = (seed, clock), Cancellation);
        helpScout.AddWebhook(receiver.Url, WebhookReceiver.Secret);
        var account = helpScout.Account;
        var day = new BusyDay(account, seed);
        for (var step = 0; step < 20; step++)
        {
            day.PlayNext();
            await helpScout.WaitUntilIdleAsync(Cancellation);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await helpScout.WaitUntilSentAsync(Cancellation);
        return [.. receiver.Requests.Select(request => $"{request.Name} {request.Text}")];
    }

    private static WebhookDefinition Notification(WebhookReceiver receiver) => new()
    {
        Url = receiver.Url,
        Secret = WebhookReceiver.Secret,
        Events = ["convo.created", "convo.deleted"],
        Notification = true,
    };

    private static string ThreadTypes(ReceivedRequest request) => string.Join(
        ' ', JsonNode.Parse(request.Body)!["_embedded"]!["threads"]!.AsArray().Select(thread => (string?)thread!["type"]));
}
