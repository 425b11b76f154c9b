using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Receiving;

public sealed class AcceptedRequestTests
{
    public static TheoryData<string> Names => Samples.All;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_event_of_the_contract_reaches_its_typed_handler_byte_for_byte(string name)
    {
        var typed = new ConcurrentQueue<HelpScoutEvent>();
        await using var app = await TestApp.StartAsync(setup => setup.Scouthook = scouthook => AddTypedHandlers(scouthook, typed));

        var answer = await app.SendAsync(Some.Request(Samples.Body(name), name));

        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Body);
        var seen = Assert.Single(typed);
        Assert.Equal(HelpScoutEventCatalog.Find(name)!.EventClrType, seen.GetType());
        Assert.Equal(name, seen.Name);
        Assert.Equal("default", seen.Source);
        Assert.Equal(Samples.Body(name), seen.Body.ToArray());
    }

    [Fact]
    public void Samples_are_the_26_events_of_the_catalogue() =>
        Assert.Equal(
            HelpScoutEventCatalog.All.Select(row => row.Name).Order(StringComparer.Ordinal), Samples.Names);

    [Theory]
    [InlineData("helpscout.test")]
    [InlineData("convo.ai-answers-email.resolution")]
    [InlineData("Tag.Created")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("zażółć gęślą jaźń 🚀")]
    public async Task Unknown_or_missing_name_is_accepted_and_goes_to_the_catch_all(string? name)
    {
        await using var app = await TestApp.StartAsync();

        var answer = await app.SendAsync(Some.Request("""{"id":123}"""u8.ToArray(), name));

        Assert.Equal(200, answer.Status);
        var seen = Assert.IsType<UnknownEvent>(Assert.Single(app.Seen));
        Assert.Equal(name ?? "", seen.Name);
        Assert.Equal("""{"id":123}"""u8.ToArray(), seen.Body.ToArray());
    }

    [Theory]
    [InlineData("tag.created", "")]
    [InlineData("tag.created", "not json")]
    [InlineData("tag.created", "[]")]
    [InlineData("tag.created", "null")]
    [InlineData("tag.created", """{"id":4711,""")]
    [InlineData("tag.created", """{"id":"many","name":"vip","slug":"vip"}""")]
    [InlineData("convo.assigned", """{"id":4711}""")]
    [InlineData("convo.deleted", """{"id":4711,"subject":"Hello"}""")]
    [InlineData("helpscout.test", "<xml/>")]
    public async Task Signed_body_that_cannot_be_parsed_is_accepted_as_unreadable_with_its_bytes(
        string name, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        await using var app = await TestApp.StartAsync();

        var answer = await app.SendAsync(Some.Request(bytes, name));

        Assert.Equal(200, answer.Status);
        var seen = Assert.IsType<UnreadableEvent>(Assert.Single(app.Seen));
        Assert.Equal(bytes, seen.Body.ToArray());
        Assert.NotEmpty(seen.Reason);
    }

    [Theory]
    [InlineData("Content-Type", "application/json")]
    [InlineData("Content-Type", "application/json; charset=utf-16")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("Content-Type", "application/x-www-form-urlencoded")]
    [InlineData("Content-Type", "multipart/form-data")]
    [InlineData("Content-Type", "nonsense;;;")]
    [InlineData("Accept-Encoding", "UTF-8")]
    [InlineData("Accept", "text/html")]
    [InlineData("Accept-Charset", "utf-7")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("User-Agent", "Help Scout/Webhooks")]
    [InlineData("Authorization", "Basic bm90OnVzZWQ=")]
    [InlineData("Cookie", "a=b")]
    [InlineData("Origin", "https://elsewhere.example.com")]
    [InlineData("If-None-Match", "*")]
    [InlineData("Range", "bytes=0-1")]
    public async Task Content_negotiation_headers_are_ignored(string name, string value)
    {
        await using var app = await TestApp.StartAsync();

        var answer = await app.SendAsync(Some.Request().With(name, value));

        Assert.Equal(200, answer.Status);
        Assert.IsType<TagCreated>(Assert.Single(app.Seen));
    }

    [Theory]
    [InlineData("x-helpscout-signature", "x-helpscout-event")]
    [InlineData("X-HELPSCOUT-SIGNATURE", "X-HELPSCOUT-EVENT")]
    [InlineData("X-HelpScout-Signature", "x-HelpScout-evenT")]
    public async Task Header_names_are_case_insensitive(string signature, string eventName)
    {
        await using var app = await TestApp.StartAsync();
        var request = new RawRequest { Body = Some.Body }
            .With(signature, Some.Signature(Some.Body))
            .With(eventName, "tag.created");

        var answer = await app.SendAsync(request);

        Assert.Equal(200, answer.Status);
        Assert.IsType<TagCreated>(Assert.Single(app.Seen));
    }

    [Theory]
    [InlineData("/webhook")]
    [InlineData("/webhook/")]
    [InlineData("/WEBHOOK")]
    [InlineData("/webhook?token=1")]
    public async Task Path_is_matched_as_routing_matches_paths(string path)
    {
        await using var app = await TestApp.StartAsync();
        var request = Some.Request();
        request.Path = path;

        Assert.Equal(200, await app.StatusAsync(request));
    }

    [Theory]
    [InlineData("""{"id":4711,"link":"https:\/\/example.com\/a\/b"}""", "lzbvpgRszmojGm4cUcgkNT4u3J0=")]
    [InlineData("""{"id":4711,"link":"https://example.com/a/b"}""", "ocmI0Pb/IF+C+UlidXILFYG0ozE=")]
    [InlineData("""{"name":"Zo\u00eb \ud83d\ude80"}""", "TfIoLcF6pLLgJoN8Bo7EakrPCSc=")]
    [InlineData("""{"name":"Zoë 🚀"}""", "nzFUFKIXBu9tiuqSRKqpB8wofjk=")]
    [InlineData("{}", "hcyWVvzkQjSEbyTO7vCu/FNI5w0=")]
    [InlineData("", "jG1D6cCoPbb31BfATaKxUxov7Qo=")]
    [InlineData("{\"id\":4711}\n", "455zAv1QP46jmSsSm7weyPCGMHY=")]
    public async Task Documented_vectors_verify_over_the_wire(string body, string signature)
    {
        await using var app = await TestApp.StartAsync();
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);

        var answer = await app.SendAsync(new RawRequest { Body = bytes }.Signed(signature));

        Assert.Equal(200, answer.Status);
        Assert.Equal(bytes, Assert.Single(app.Seen).Body.ToArray());
    }

    [Fact]
    public async Task Any_bytes_in_any_chunks_arrive_unchanged()
    {
        ReadOnlyMemory<byte> last = default;
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Record = false;
            setup.Scouthook = scouthook => scouthook.AddHandler<HelpScoutEvent>((helpScoutEvent, _) =>
            {
                last = helpScoutEvent.Body;
                return Task.CompletedTask;
            });
        });
        using var client = await app.ConnectAsync();

        await Check.SampleAsync(
            Gen.Select(Gen.Byte.Array[0, 70_000], Gen.OneOf(Gen.Const(0), Gen.Int[1_000, 70_000])),
            async (body, chunk) =>
            {
                var request = Some.Request(body);
                request.ChunkSize = chunk;
                var answer = await client.ExchangeAsync(request);
                return answer?.Status == 200 && last.Span.SequenceEqual(body);
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();

        await client.SendAsync((byte[])
        [
            .. Some.Request().ToBytes(),
            .. Some.Request(secret: "wrong").ToBytes(),
            .. Some.Request(eventName: "tag.updated").ToBytes(),
        ]);

        Assert.Equal(200, (await client.ReadAsync())!.Status);
        Assert.Equal(401, (await client.ReadAsync())!.Status);
        Assert.Equal(200, (await client.ReadAsync())!.Status);
        Assert.Equal(["tag.created", "tag.updated"], app.Seen.Select(seenEvent => seenEvent.Name));
    }

    private static void AddTypedHandlers(IScouthookBuilder scouthook, ConcurrentQueue<HelpScoutEvent> seen)
    {
        On<ConversationAssigned>();
        On<ConversationCreated>();
        On<ConversationCreatedByAiAnswers>();
        On<ConversationDeleted>();
        On<ConversationMerged>();
        On<ConversationMoved>();
        On<ConversationStatusChanged>();
        On<ConversationTagsChanged>();
        On<ConversationCustomFieldsChanged>();
        On<CustomerReplyCreated>();
        On<AgentReplyCreated>();
        On<NoteCreated>();
        On<CustomerCreated>();
        On<CustomerUpdated>();
        On<CustomerDeleted>();
        On<SatisfactionRatingReceived>();
        On<BeaconChatCreated>();
        On<BeaconChatCustomerReplied>();
        On<TagCreated>();
        On<TagUpdated>();
        On<TagDeleted>();
        On<SurveyResponseReceived>();
        On<OrganizationCreated>();
        On<OrganizationUpdated>();
        On<OrganizationDeleted>();
        On<UserStatusChanged>();

        void On<TEvent>()
            where TEvent : HelpScoutEvent =>
            scouthook.AddHandler<TEvent>((helpScoutEvent, _) =>
            {
                seen.Enqueue(helpScoutEvent);
                return Task.CompletedTask;
            });
    }
}
