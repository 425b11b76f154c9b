using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Payloads;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>Source of the answers: <c>/mailbox-api/endpoints</c>, a page per resource.</summary>
public sealed class ReadsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private HelpScoutEmulator _helpScout = null!;
    private ApiClient _client = null!;

    private HelpScoutAccount Account => _helpScout.Account;

    public async ValueTask InitializeAsync()
    {
        _helpScout = await HelpScoutEmulator.StartAsync(
            options => (options.TimeProvider, options.TokenLifetime) = (_clock, TimeSpan.FromDays(100)),
            TestContext.Current.CancellationToken);
        _client = await ApiClient.ConnectAsync(_helpScout);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _helpScout.DisposeAsync();
    }

    [Fact]
    public async Task Conversation_is_the_one_of_the_event_with_links_to_the_emulator()
    {
        var conversation = Write("Invoice");

        var json = await _client.GetJsonAsync($"v2/conversations/{conversation.Id}");

        Assert.Equal((conversation.Id, "Invoice", "active"), ((long)json["id"]!, (string?)json["subject"], (string?)json["status"]));
        Assert.Equal($"{_helpScout.Address}v2/conversations/{conversation.Id}", (string?)json["_links"]!["self"]!["href"]);
        Assert.Empty(json["_embedded"]!["threads"]!.AsArray());
    }

    [Fact]
    public async Task Threads_are_embedded_on_request()
    {
        var conversation = Write("Invoice");

        var json = await _client.GetJsonAsync($"v2/conversations/{conversation.Id}?embed=threads");

        Assert.Equal("customer", (string?)Assert.Single(json["_embedded"]!["threads"]!.AsArray())!["type"]);
    }

    [Fact]
    public async Task Deleted_or_unknown_conversation_gets_404()
    {
        var conversation = Write("Invoice");
        Account.DeleteConversation(conversation.Id);

        using var deleted = await _client.GetAsync($"v2/conversations/{conversation.Id}");
        using var unknown = await _client.GetAsync("v2/conversations/1");
        using var threads = await _client.GetAsync($"v2/conversations/{conversation.Id}/threads");
        using var word = await _client.GetAsync("v2/conversations/invoice");

        Assert.All([deleted, unknown, threads, word], response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
    }

    [Fact]
    public async Task Merged_conversation_gets_301_for_60_days_and_404_afterwards()
    {
        var (survivor, merged) = (Write("Invoice"), Write("Invoice again"));
        Account.Merge(survivor.Id, merged.Id);

        using var moved = await _client.GetAsync($"v2/conversations/{merged.Id}");
        using var threads = await _client.GetAsync($"v2/conversations/{merged.Id}/threads");
        _clock.Advance(TimeSpan.FromDays(60));
        using var gone = await _client.GetAsync($"v2/conversations/{merged.Id}");

        Assert.Equal((HttpStatusCode.MovedPermanently, HttpStatusCode.NotFound), (moved.StatusCode, gone.StatusCode));
        Assert.Equal(new Uri(_helpScout.Address, $"v2/conversations/{survivor.Id}"), moved.Headers.Location);
        Assert.Equal(new Uri(_helpScout.Address, $"v2/conversations/{survivor.Id}/threads"), threads.Headers.Location);
    }

    [Fact]
    public async Task Threads_are_listed_newest_first_with_line_items()
    {
        var conversation = Write("Invoice");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Account.AddTag(conversation.Id, "billing");
        Account.Assign(conversation.Id, Account.Users[2].Id);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Account.ReplyAsUser(conversation.Id, Account.Users[2].Id, "Here it is.");

        var page = await _client.GetJsonAsync($"v2/conversations/{conversation.Id}/threads");
        var types = page["_embedded"]!["threads"]!.AsArray().Select(thread => (string?)thread!["type"]).ToList();

        Assert.Equal(("message", "customer"), (types[0], types[^1]));
        Assert.Contains("lineitem", types);
    }

    [Fact]
    public async Task List_has_active_conversations_newest_first_25_per_page()
    {
        foreach (var number in Enumerable.Range(1, 27))
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Write($"Number {number}");
        }

        Account.SetStatus(Account.Conversations[0].Id, ConversationStatus.Closed);

        var first = await _client.GetJsonAsync("v2/conversations");
        var second = await _client.GetJsonAsync("v2/conversations?page=2");
        var third = await _client.GetJsonAsync("v2/conversations?page=3");

        Assert.Equal("""{"size":25,"totalElements":26,"totalPages":2,"number":1}""", first["page"]!.ToJsonString());
        Assert.Equal(("Number 26", "Number 1"), (Subjects(first)[0], Assert.Single(Subjects(second))));
        Assert.Null(third["_embedded"]);
    }

    [Fact]
    public async Task List_is_filtered_by_status()
    {
        Write("Active");
        Account.SetStatus(Write("Closed").Id, ConversationStatus.Closed);
        Account.SetStatus(Write("Pending").Id, ConversationStatus.Pending);

        Assert.Equal(["Active"], await SubjectsAsync("status=active"));
        Assert.Equal(["Closed"], await SubjectsAsync("status=closed"));
        Assert.Equal(["Active", "Pending"], await SubjectsAsync("status=open"));
        Assert.Equal(["Active", "Closed", "Pending"], await SubjectsAsync("status=all"));
    }

    [Fact]
    public async Task List_is_filtered_by_inbox_and_time_of_change()
    {
        var (one, two) = (Account.Inboxes[0].Id, Account.Inboxes[1].Id);
        var early = Write("Early", one);
        Write("Early in the other", two);
        _clock.Advance(TimeSpan.FromHours(1));
        var since = _clock.GetUtcNow();
        Write("Late in the other", two);
        _clock.Advance(TimeSpan.FromHours(1));
        Account.AddNote(early.Id, Account.Users[2].Id, "Changed.");

        Assert.Equal(["Early"], await SubjectsAsync($"mailbox={one}"));
        Assert.Equal(["Early in the other", "Late in the other"], await SubjectsAsync($"mailbox={two}"));
        Assert.Equal(3, (await SubjectsAsync($"mailbox={one},{two}")).Count);
        Assert.Equal(["Early", "Late in the other"], await SubjectsAsync($"modifiedSince={since:yyyy-MM-ddTHH:mm:ssZ}"));
    }

    [Fact]
    public async Task Links_of_a_page_keep_the_filter()
    {
        foreach (var number in Enumerable.Range(1, 26))
        {
            Write($"Number {number}");
        }

        var page = await _client.GetJsonAsync("v2/conversations?status=all");
        var next = await _client.GetJsonAsync((string)page["_links"]!["next"]!["href"]!);

        Assert.Equal($"{_helpScout.Address}v2/conversations?status=all&page=2", (string?)page["_links"]!["next"]!["href"]);
        Assert.Single(Subjects(next));
        Assert.NotNull(next["_links"]!["previous"]);
    }

    [Theory]
    [InlineData("status=solved", "status")]
    [InlineData("modifiedSince=yesterday", "modifiedSince")]
    [InlineData("mailbox=support", "mailbox")]
    [InlineData("sortField=color", "sortField")]
    public async Task Wrong_filter_gets_400(string query, string path)
    {
        using var response = await _client.GetAsync($"v2/conversations?{query}");
        var error = Assert.Single((await ApiClient.JsonAsync(response))["_embedded"]!["errors"]!.AsArray())!;

        Assert.Equal((HttpStatusCode.BadRequest, path), (response.StatusCode, (string?)error["path"]));
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("organizations")]
    [InlineData("tags")]
    [InlineData("users")]
    [InlineData("mailboxes")]
    public async Task Resources_are_listed_and_found_by_their_ids(string name)
    {
        var page = await _client.GetJsonAsync($"v2/{name}");
        var first = page["_embedded"]![name]![0]!;

        var found = await _client.GetJsonAsync($"v2/{name}/{first["id"]}");
        using var unknown = await _client.GetAsync($"v2/{name}/999");

        Assert.True(JsonNode.DeepEquals(first, found));
        Assert.Equal(page["_embedded"]![name]!.AsArray().Count, (int)page["page"]!["totalElements"]!);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Customers_are_filtered_by_time_of_change_and_name()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        var customer = Account.CreateCustomer("ana@example.com", "Ana", "Silva");

        var recent = await _client.GetJsonAsync($"v2/customers?modifiedSince={_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");
        var named = await _client.GetJsonAsync("v2/customers?firstName=ana&lastName=Silva");

        Assert.Equal(customer.Id, (long)Assert.Single(recent["_embedded"]!["customers"]!.AsArray())!["id"]!);
        Assert.Contains(named["_embedded"]!["customers"]!.AsArray(), one => (long)one!["id"]! == customer.Id);
    }

    [Fact]
    public async Task Deleted_customer_gets_404()
    {
        var id = Account.CreateCustomer("ana@example.com").Id;
        using var before = await _client.GetAsync($"v2/customers/{id}");

        Account.DeleteCustomer(id);
        using var after = await _client.GetAsync($"v2/customers/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Rating_chat_and_user_status_are_found()
    {
        var conversation = Write("Invoice");
        Account.ReplyAsUser(conversation.Id, Account.Users[2].Id, "Here it is.");
        var rating = Account.Rate(conversation.Id, RatingValue.Great, "Thank you");
        var chat = Account.StartChat(Account.Customers[0].Id, "Hello?");

        var ratingJson = await _client.GetJsonAsync($"v2/ratings/{rating.Id}");
        var chatJson = await _client.GetJsonAsync($"v2/chats/{chat.Id}");
        var status = await _client.GetJsonAsync($"v2/users/{Account.Users[2].Id}/status");

        Assert.Equal(("great", conversation.Id), ((string?)ratingJson["rating"], (long)ratingJson["conversationId"]!));
        Assert.Equal(chat.Id, (string?)chatJson["id"]);
        Assert.Equal(Account.Users[2].Id, (long)status["userId"]!);
    }

    [Fact]
    public async Task Folders_and_fields_of_an_inbox_are_listed()
    {
        var inbox = Account.Inboxes[0];

        var folders = await _client.GetJsonAsync($"v2/mailboxes/{inbox.Id}/folders");
        var fields = await _client.GetJsonAsync($"v2/mailboxes/{inbox.Id}/fields");

        Assert.Equal(inbox.Folders.Select(folder => folder.Id), folders["_embedded"]!["folders"]!.AsArray().Select(folder => (long)folder!["id"]!));
        Assert.Equal(inbox.CustomFields.Count, (int)fields["page"]!["totalElements"]!);
    }

    private static IReadOnlyList<string?> Subjects(JsonNode page) =>
        [.. page["_embedded"]!["conversations"]!.AsArray().Select(conversation => (string?)conversation!["subject"])];

    private async Task<IReadOnlyList<string?>> SubjectsAsync(string query) =>
        [.. Subjects(await _client.GetJsonAsync($"v2/conversations?{query}{(query.Contains("status", StringComparison.Ordinal) ? "" : "&status=all")}")).Order()];

    private Conversation Write(string subject, long? inbox = null) => Account.ReceiveEmail("ana@example.com", subject, "…", inbox);
}
