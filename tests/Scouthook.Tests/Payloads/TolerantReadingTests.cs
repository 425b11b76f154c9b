using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Payloads;

/// <summary>Bodies with one member in an undocumented form, through the receiver to a handler.</summary>
public class TolerantReadingTests
{
    public static TheoryData<string> Names =>
        [.. Samples.Names.Where(name => OddBody.Of(name, Samples.Json(name)).Any())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void More_than_300_bodies_are_tested() =>
        Assert.InRange(Samples.Names.Sum(name => OddBody.Of(name, Samples.Json(name)).Count()), 300, 100_000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_gets_the_event_with_the_value_or_its_raw_JSON(string name)
    {
        HelpScoutEvent? seen = null;
        await using var host = new HandlingHost(scouthook => scouthook.AddHandler<HelpScoutEvent>((it, _) =>
        {
            seen = it;
            return Task.CompletedTask;
        }));

        foreach (var odd in OddBody.Of(name, Samples.Json(name)))
        {
            seen = null;
            var outcome = await host.Receiver.ReceiveAsync(Some.Webhook(name, odd.Body), Token);

            Assert.Equal(ReceiveOutcome.Kept, outcome);
            Assert.True(seen?.GetType() == Samples.Type(name).EventClrType, $"{odd} was read as {seen?.GetType().Name}.");
            Assert.Equal(odd.Body, Encoding.UTF8.GetString(seen!.Body.Span));
            AssertReachable(odd, seen);
        }
    }

    [Fact]
    public void Nested_resource_without_an_id_gets_id_0_and_is_reported()
    {
        var read = Assert.IsType<SurveyResponseReceived>(Some.Event(
            "message.survey.response.received",
            """{"message":{"name":"a"},"_embedded":{"customer":{"firstName":"Zoë","id":"none"}}}"""));

        Assert.Equal(["/_embedded/customer/id"], read.UnreadMembers);
        Assert.Equal((0, "Zoë"), (read.Response.Embedded.Customer!.Id, read.Response.Embedded.Customer.FirstName));
        Assert.Equal("none", read.Response.Embedded.Customer.ExtensionData!["id"].GetString());
        Assert.Null(Some.Facts(read.Name, read.Body.ToArray()).CustomerId);
    }

    [Theory]
    [InlineData("""{"id":7,"folderId":[1],"folderId":8}""", 8L)]
    [InlineData("""{"id":7,"folderId":8,"folderId":[1]}""", null)]
    [InlineData("""{"id":7,"folderId":8,"folderId":null,"closedAt":5}""", null)]
    public void Only_the_last_of_duplicate_members_is_read_and_reported(string body, long? expected)
    {
        var read = Assert.IsType<ConversationAssigned>(Some.Event("convo.assigned", body));

        Assert.Equal(expected, read.Conversation.FolderId);
        Assert.Equal(
            body.Contains("[1]}", StringComparison.Ordinal), read.UnreadMembers.Contains("/folderId"));
        Assert.Equal(
            body.Contains("[1]}", StringComparison.Ordinal),
            read.Conversation.ExtensionData?.ContainsKey("folderId") is true);
    }

    [Fact]
    public void Unread_member_is_reported_once_however_many_items_have_it()
    {
        var read = Some.Event("convo.assigned", """{"id":7,"tags":[{"id":[1]},{"id":[2]},{"id":3},true],"cc":5}""");

        Assert.Equal(["/tags/*/id", "/tags/*"], read.UnreadMembers);
        var conversation = Assert.IsType<ConversationAssigned>(read).Conversation;
        Assert.Equal([null, null, 3L], conversation.Tags.Select(tag => tag.Id));
        Assert.Equal(4, conversation.ExtensionData!["tags"].GetArrayLength());
        Assert.Equal("[2]", conversation.Tags[1].ExtensionData!["id"].GetRawText());
        Assert.Equal(["5"], conversation.Cc);
    }

    [Fact]
    public void Lone_surrogate_in_an_unknown_member_can_be_read()
    {
        var read = Some.Event("convo.assigned", """{"id":7,"x":["\ud83d"],"subject":"\\ud83d \ud83d\ude00"}""");

        Assert.Equal("\uFFFD", read.Payload!.ExtensionData!["x"][0].GetString());
        Assert.Equal("\\ud83d 😀", Assert.IsType<ConversationAssigned>(read).Conversation.Subject);
    }

    [Fact]
    public void Routing_id_may_be_a_number_written_as_text()
    {
        Assert.Equal(5, Assert.IsType<ConversationDeleted>(Some.Event("convo.deleted", """{"id":"5"}""")).ConversationId);
        Assert.Equal(7, Assert.IsType<UserStatusChanged>(Some.Event("user.status.changed", """{"userId":"7"}""")).Status.UserId);
        Assert.Equal("tag:-7", Some.Facts("tag.created", """{"id":"-7","slug":"a"}""").Resource.ToString());
    }

    [Theory]
    [InlineData("convo.assigned", """{"id":7,"number":8,"owner":null,"mailbox":{"id":1,"name":"a"},"threads":[{"id":1}],"tags":["a"],"customFields":[{"fieldId":1,"value":"b"}]}""")]
    [InlineData("customer.updated", """{"id":7,"firstName":"a","modifiedAt":"2026-03-02T10:02:17Z","emails":[{"id":1,"value":"a@example.com","location":"work"}]}""")]
    [InlineData("satisfaction.ratings", """{"id":"7","ticketId":8,"rating":"Great","mailbox":{"id":1}}""")]
    public void Version_1_payload_is_read_as_far_as_possible_and_reported(string name, string body)
    {
        var facts = Some.Facts(name, body);

        Assert.Equal(EventState.Ok, facts.State);
        Assert.Contains("V1", facts.StateReason, StringComparison.Ordinal);
        Assert.Contains("payloadVersion V2", facts.StateReason, StringComparison.Ordinal);
        Assert.EndsWith(":7", facts.Resource.ToString(), StringComparison.Ordinal);
        Assert.IsType(Samples.Type(name).EventClrType, Some.Event(name, body));
        Assert.Null(Some.Facts(name, body.Replace("\"id\":", "\"_links\":{},\"id\":", StringComparison.Ordinal)).StateReason);
    }

    [Fact]
    public void List_of_threads_in_place_of_their_number_is_kept()
    {
        var read = Assert.IsType<ConversationAssigned>(
            Some.Event("convo.assigned", """{"id":7,"owner":{},"threads":[{"id":1}]}"""));

        Assert.Equal(["/threads"], read.UnreadMembers);
        Assert.Null(read.Conversation.ThreadCount);
        Assert.Equal(1, read.Conversation.ExtensionData!["threads"][0].GetProperty("id").GetInt32());
        Assert.True(read.Conversation.ExtensionData.ContainsKey("owner"));
    }

    [Fact]
    public void Deep_body_is_read_even_if_reading_adds_a_level()
    {
        var deep = new string('[', 60) + new string(']', 60);

        var read = Some.Event("convo.assigned", $$$"""{"id":7,"tags":{"x":{{{deep}}}}}""");

        Assert.Empty(read.UnreadMembers);
        Assert.Equal(deep, Assert.Single(Assert.IsType<ConversationAssigned>(read).Conversation.Tags).ExtensionData!["x"].GetRawText());
    }

    [Fact]
    public void Documented_body_is_read_without_being_rewritten()
    {
        var body = Samples.Body("convo.created");
        Some.Event("convo.created", body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Some.Event("convo.created", body);
        var documented = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(Array.Empty<string>(), read.UnreadMembers);
        Assert.InRange(documented, 0, 100_000);
    }

    private static void AssertReachable(OddBody odd, HelpScoutEvent seen)
    {
        if (odd.Value is { } value)
        {
            Assert.Empty(seen.UnreadMembers);
            Assert.True(
                TypedMembers.Of(seen.Payload).Values.Any(member => TypedMembers.Text(member) == value), $"{odd} is not among the values.");
            return;
        }

        Assert.Equal(odd.Reported ? [odd.Pointer] : [], seen.UnreadMembers);
        Assert.True(
            TypedMembers.ExtensionData(seen.Payload).Any(pair =>
                pair.Key.EndsWith($".{odd.Member}", StringComparison.Ordinal)
                && pair.Value.GetRawText().Contains(odd.Raw!, StringComparison.Ordinal)),
            $"{odd} is not among the raw values.");
    }
}
