using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Testing;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>Reading events over HTTP.</summary>
public sealed class EventsApiTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await HostedGateway.StartAsync(
        new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Sources:second:Secrets:0", "the-secret-of-the-second-source"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Filters_return_exactly_the_matches()
    {
        await KeepAllAsync();
        var all = await _gateway.Client.EventsAsync();
        var status = all.Single(item => Type(item) == "convo.status" && (string?)item["source"] == "default");
        var chat = all.Single(item => (string?)item["type"] == "beacon.chat.created");
        var (id, mailbox, received) = (status["resource"]!["id"]!, status["mailboxId"]!, (string)status["receivedAt"]!);
        var title = all.First(item => (string?)item["title"] is { Length: > 3 });

        Assert.Equal(29, all.Count);
        await FindsAsync("type=convo.status", all, item => Type(item) == "convo.status");
        await FindsAsync("type=tag.*", all, item => Type(item).StartsWith("tag.", StringComparison.Ordinal));
        await FindsAsync("type=tag.created&type=customer.*", all, item =>
            Type(item) == "tag.created" || Type(item).StartsWith("customer.", StringComparison.Ordinal));
        await FindsAsync("type=tag.created,tag.deleted", all, item => Type(item) is "tag.created" or "tag.deleted");
        await FindsAsync("type=*", all, _ => true);
        await FindsAsync("source=second", all, item => (string?)item["source"] == "second");
        await FindsAsync("source=nobody", all, _ => false, mayBeEmpty: true);
        await FindsAsync("state=unknown", all, item => (string?)item["state"] == "unknown");
        await FindsAsync("state=unreadable", all, item => (string?)item["state"] == "unreadable");
        await FindsAsync($"resource=conversation:{id}", all, item => item["resource"]?["id"]?.ToJsonString() == id.ToJsonString());
        await FindsAsync($"resource=chat:{chat["resource"]!["id"]}", all, item =>
            item["resource"]?["id"]?.ToJsonString() == chat["resource"]!["id"]!.ToJsonString());
        await FindsAsync($"mailbox={mailbox}", all, item => item["mailboxId"]?.ToJsonString() == mailbox.ToJsonString());
        await FindsAsync($"since={received}", all, item => string.CompareOrdinal((string?)item["receivedAt"], received) >= 0);
        await FindsAsync($"until={received}", all, item => string.CompareOrdinal((string?)item["receivedAt"], received) < 0);
        await FindsAsync($"q={status["conversationNumber"]}", all, item =>
            item["conversationNumber"]?.ToJsonString() == status["conversationNumber"]!.ToJsonString());
        await FindsAsync($"q={Uri.EscapeDataString(((string)title["title"]!)[..3])}", all, item =>
            (string?)item["title"] is { } text
            && text.StartsWith(((string)title["title"]!)[..3], StringComparison.OrdinalIgnoreCase));
        await FindsAsync("type=conversations", all, item => Type(item).StartsWith("convo.", StringComparison.Ordinal));
        await FindsAsync("type=tags,customers", all, item =>
            Type(item).StartsWith("tag.", StringComparison.Ordinal) || Type(item).StartsWith("customer.", StringComparison.Ordinal));
        await FindsAsync($"type=convo.*&state=ok&mailbox={mailbox}&limit=2", all, item =>
            Type(item).StartsWith("convo.", StringComparison.Ordinal) && (string?)item["state"] == "ok"
            && item["mailboxId"]?.ToJsonString() == mailbox.ToJsonString());
    }

    [Fact]
    public async Task Pages_show_each_event_once_while_more_arrive()
    {
        foreach (var sent in Some.Events(23))
        {
            await _gateway.PostAsync(sent);
        }

        var seen = new List<long>();
        string? next = null;
        var late = 1_000;
        do
        {
            var page = await _gateway.Client.JsonAsync($"/api/v1/events?limit=5{(next is null ? "" : $"&cursor={next}")}");
            var items = page["items"]!.AsArray();
            Assert.InRange(items.Count, 1, 5);
            seen.AddRange(items.Select(item => (long)item!["sequence"]!));
            next = (string?)page["next"];
            await _gateway.PostAsync(Some.Event(late++));
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 23).Select(number => (long)number).Reverse(), seen);
    }

    [Fact]
    public async Task Times_end_with_Z_and_ids_are_numbers_except_those_of_chats()
    {
        await KeepAllAsync();

        foreach (var item in await _gateway.Client.EventsAsync())
        {
            string?[] instants = [(string?)item["receivedAt"], (string?)item["occurredAt"], (string?)item["changedAt"]];
            Assert.NotNull(instants[0]);
            Assert.All(instants, instant => Assert.Matches("^[0-9-]{10}T[0-9:.]{8,15}Z$", instant ?? "2026-01-01T00:00:00Z"));
            Assert.Equal(36, ((string)item["id"]!).Length);
            var resource = item["resource"];
            if (resource is not null)
            {
                var isChat = (string?)resource["kind"] == "chat";
                Assert.Equal(isChat ? JsonValueKind.String : JsonValueKind.Number, resource["id"]!.GetValueKind());
            }

            string[] numbers = ["sequence", "size", "repeats", "conversationId", "mailboxId", "customerId", "conversationNumber"];
            Assert.All(numbers, name => Assert.True(item[name] is null or JsonValue && item[name]?.GetValueKind() is null or JsonValueKind.Number));
            Assert.Equal(
                "{\"pending\":0,\"delivered\":0,\"deadLettered\":0,\"discarded\":0}", item["deliveries"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Event_is_shown_with_its_headers_except_those_with_credentials()
    {
        var sent = Some.Event(1);
        var request = sent.Request()
            .With("Authorization", "Bearer do-not-keep")
            .With("Cookie", "session=do-not-keep")
            .With("Proxy-Authorization", "Basic do-not-keep")
            .With("X-Custom", "kept");
        for (var number = 0; number < 10; number++)
        {
            request.With(string.Create(CultureInfo.InvariantCulture, $"X-Large-{number}"), new string('h', 2_000));
        }

        Assert.Equal(200, (await _gateway.SendAsync(request)).Status);
        var item = Assert.Single(await _gateway.Client.EventsAsync());
        var detail = await _gateway.Client.JsonAsync($"/api/v1/events/{item["id"]}");

        var headers = detail["headers"]!.AsArray();
        var names = headers.Select(header => (string)header!["name"]!).ToList();
        Assert.Contains("kept", headers.Select(header => (string)header!["value"]!));
        Assert.Contains("X-HelpScout-Signature", names, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("X-HelpScout-Event", names, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("do-not-keep", headers.ToJsonString(), StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount((string)Store.Scalar(
            _gateway.Setup.Database, "SELECT headers FROM event_body")!) <= 8 * 1024);
        Assert.InRange(names.Count(name => name.StartsWith("X-Large", StringComparison.OrdinalIgnoreCase)), 1, 4);
        foreach (var (name, value) in item.AsObject())
        {
            Assert.Equal(value?.ToJsonString(), detail[name]?.ToJsonString());
        }
    }

    [Fact]
    public async Task Body_is_returned_raw_and_is_harmless_in_a_browser()
    {
        var sent = new SentEvent("convo.created", "<script>alert(1)</script>"u8.ToArray());
        await _gateway.PostAsync(sent);
        var item = Assert.Single(await _gateway.Client.EventsAsync());

        using var answer = await _gateway.Client.GetAsync($"/api/v1/events/{item["id"]}/body", Cancelled);

        Assert.Equal(sent.Body, await answer.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Source_shows_its_activity_but_no_secret()
    {
        await _gateway.PostAsync(Some.Event(1));

        var page = await _gateway.Client.JsonAsync("/api/v1/sources");

        var items = page["items"]!.AsArray();
        Assert.Equal(["default", "second"], items.Select(item => (string?)item!["name"]));
        Assert.Equal(["/webhook", "/webhook/second"], items.Select(item => (string?)item!["path"]));
        Assert.Equal(1, (long)items[0]!["lastSequence"]!);
        Assert.EndsWith("Z", (string?)items[0]!["lastReceivedAt"], StringComparison.Ordinal);
        Assert.Null(items[1]!["lastReceivedAt"]);
        Assert.All(items, item => Assert.Single(item!["secrets"]!.AsArray()));
        Assert.DoesNotContain(GatewaySetup.Secret, page.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("second-source", page.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_in_a_query_is_named()
    {
        string[] queries =
        [
            "type=a*b", "resource=conversation", "resource=elephant:1", "mailbox=x", "state=good", "since=yesterday",
            "until=2026-13-01", "cursor=!", "cursor=AAAA", "limit=0", "limit=501", "limit=5&limit=6", "colour=red",
        ];

        foreach (var query in queries)
        {
            var problem = await _gateway.Client.JsonAsync($"/api/v1/events?{query}", HttpStatusCode.BadRequest);

            Assert.StartsWith(query.Split('=')[0] + ":", (string?)problem["detail"], StringComparison.Ordinal);
            Assert.Equal(400, (int)problem["status"]!);
        }
    }

    [Fact]
    public async Task Unknown_ids_get_404_with_an_explanation()
    {
        const string nobody = "01890000-0000-7000-8000-000000000000";
        foreach (var path in new[] { $"events/{nobody}", $"events/{nobody}/body", "events/not-an-id", "elephants" })
        {
            var problem = await _gateway.Client.JsonAsync($"/api/v1/{path}", HttpStatusCode.NotFound);

            Assert.Equal(404, (int)problem["status"]!);
            Assert.StartsWith("There is no", (string?)problem["detail"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_key_nothing_is_shown()
    {
        await _gateway.PostAsync(Some.Event(1));
        var stored = Assert.Single(await _gateway.Client.EventsAsync());
        string[] paths = ["events", "sources", $"events/{stored["id"]}", $"events/{stored["id"]}/body", "elephants"];
        string?[] keys = [null, "Bearer a-key-that-nobody-has-given-out", "Bearer ", "Basic c2NvdXRob29rOnNjb3V0aG9vaw=="];

        foreach (var (path, key) in paths.SelectMany(path => keys.Select(key => (path, key))))
        {
            using var client = new HttpClient { BaseAddress = _gateway.Client.BaseAddress };
            if (key is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", key);
            }

            using var answer = await client.GetAsync($"/api/v1/{path}", Cancelled);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!;

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.Contains("Authorization: Bearer KEY", (string?)problem["detail"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CSV_passes_a_strict_reader_and_runs_nothing_in_a_spreadsheet()
    {
        string[] titles = ["=1+1", "+1", "-1", "@x", "\tx", "＝1+1", "＋1", "－1", "＠x", " =1", "\"=1", "'+1", "\u200B=1", "−1", "a \"quoted\", part\r\nand a line", "plain"];
        foreach (var (title, number) in titles.Select((title, number) => (title, number)))
        {
            var body = JsonNode.Parse(Some.Event(number).Body)!;
            body["subject"] = title;
            var answer = await _gateway.PostAsync(
                new SentEvent("convo.status", Encoding.UTF8.GetBytes(body.ToJsonString())));
            Assert.Equal(200, answer.Status);
        }

        var (text, rows) = await CsvAsync("");

        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.Equal(titles.Length + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        var shown = rows.Skip(1).Select(row => row[rows[0].IndexOf("title")]).Reverse().ToList();
        Assert.Equal(["'=1+1", "'+1", "'-1", "'@x"], shown.Take(4));
        // Lists trim the whitespace before a title.
        Assert.All(shown.Take(titles.Length - 2).Where(title => title != "x"), title => Assert.StartsWith("'", title, StringComparison.Ordinal));
        Assert.Equal(["a \"quoted\", part  and a line", "plain"], shown.Skip(titles.Length - 2));
        Assert.DoesNotContain(rows.Skip(1).SelectMany(row => row), cell => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]);
        Assert.All(rows.Skip(1), row => Assert.EndsWith("Z", row[rows[0].IndexOf("receivedAt")], StringComparison.Ordinal));
    }

    [Fact]
    public async Task CSV_exports_all_pages_unless_a_limit_is_given()
    {
        await new Load(_gateway.Port, Some.Events(1_203)).RunAsync(16, Cancelled);

        Assert.Equal(1_204, (await CsvAsync("")).Rows.Count);
        Assert.Equal(8, (await CsvAsync("?limit=7")).Rows.Count);
        Assert.Single((await CsvAsync("?type=tag.created")).Rows);
    }

    private static string Type(JsonNode item) => (string)item["type"]!;

    private async Task FindsAsync(
        string query, IReadOnlyList<JsonNode> all, Func<JsonNode, bool> wanted, bool mayBeEmpty = false)
    {
        var expected = all.Where(wanted).Select(item => (long)item["sequence"]!).ToList();
        Assert.True(mayBeEmpty || expected.Count > 0, $"{query}: the test looks for nothing");
        var found = (await _gateway.Client.EventsAsync(query)).Select(item => (long)item["sequence"]!).ToList();
        Assert.True(expected.SequenceEqual(found), $"{query}: {string.Join(',', expected)} but {string.Join(',', found)}");
    }

    /// <summary>
    /// Stores one event of each type, one with an unknown name, one unreadable, and one from another source.
    /// </summary>
    private async Task KeepAllAsync()
    {
        foreach (var sent in new EventGenerator(seed: 2).NextOfEach().Select(SentEvent.From))
        {
            Assert.Equal(200, (await _gateway.PostAsync(sent)).Status);
        }

        await _gateway.PostAsync(new SentEvent("helpscout.test", "{}"u8.ToArray()));
        await _gateway.PostAsync(new SentEvent("convo.created", "?"u8.ToArray()));
        var other = await _gateway.SendAsync(Some.Event(7).Request("the-secret-of-the-second-source", "/webhook/second"));
        Assert.Equal(200, other.Status);
    }

    private async Task<(string Text, List<List<string>> Rows)> CsvAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events" + query);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await _gateway.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancelled);
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        var text = Encoding.UTF8.GetString(bytes.AsSpan(3));
        return (text, Csv.Parse(text));
    }
}
