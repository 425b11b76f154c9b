using Scouthook.Parsing;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

/// <summary>The time and actor of an event, and the time of its state, for each kind of fact.</summary>
public class MomentTests
{
    private const string Reply = "convo.customer.reply.created";
    private const string AgentReply = "convo.agent.reply.created";
    private const string Note = "convo.note.created";
    private const string Customer = """{"type":"customer","state":"published","createdAt":"2026-03-02T10:00:00Z","createdBy":{"type":"customer","first":"Zoë"}}""";
    private const string Older = """{"type":"customer","state":"published","createdAt":"2026-03-02T09:00:00Z","createdBy":{"type":"customer","first":"Ana"}}""";
    private const string Agent = """{"type":"message","state":"published","createdAt":"2026-03-02T10:05:00Z","createdBy":{"type":"user","first":"Maya"}}""";
    private const string OldName = """{"type":"reply","state":"published","createdAt":"2026-03-02T10:06:00Z","createdBy":{"type":"user","first":"Rui"}}""";
    private const string Noted = """{"type":"note","state":"published","createdAt":"2026-03-02T10:07:00Z","createdBy":{"type":"user","first":"Tobias"}}""";
    private const string LineItem = """{"type":"lineitem","state":"published","createdAt":"2026-03-02T10:30:00Z","createdBy":{"type":"user","first":"Line"}}""";
    private const string Draft = """{"type":"message","state":"draft","createdAt":"2026-03-02T10:31:00Z","createdBy":{"type":"user","first":"Draft"}}""";
    private const string DraftNote = """{"type":"note","state":"draft","createdAt":"2026-03-02T10:32:00Z","createdBy":{"type":"user","first":"Draft"}}""";
    private const string Hidden = """{"type":"customer","state":"hidden","createdAt":"2026-03-02T10:33:00Z","createdBy":{"type":"customer","first":"Hidden"}}""";
    private const string Automatic = """{"type":"message","state":"published","createdAt":"2026-03-02T10:00:01Z","createdBy":{"id":1,"type":"user","first":"Help Scout"}}""";
    private const string Forward = """{"type":"forwardchild","state":"published","createdAt":"2026-03-02T10:34:00Z","createdBy":{"type":"customer","first":"Forward"}}""";
    private const string ChatByCustomer = """{"type":"chat","state":"published","createdAt":"2026-03-02T10:20:00Z","createdBy":{"type":"customer","first":"Kenji"}}""";
    private const string PhoneByUser = """{"type":"phone","state":"published","createdAt":"2026-03-02T10:21:00Z","createdBy":{"type":"user","first":"Phone"}}""";
    private const string NoTime = """{"type":"customer","state":"published","createdBy":{"type":"customer","first":"Timeless"}}""";

    // Event, threads, time of day, actor.
    public static TheoryData<string, string, string?, string?> Threads => new()
    {
        { Reply, Customer, "10:00:00", "Zoë" },
        { Reply, $"{LineItem},{Draft},{Noted},{Customer}", "10:00:00", "Zoë" },
        { Reply, $"{Customer},{Noted},{Draft},{LineItem}", "10:00:00", "Zoë" },
        { Reply, $"{Older},{Customer}", "10:00:00", "Zoë" },
        { Reply, $"{Customer},{Older}", "10:00:00", "Zoë" },
        { Reply, $"{Automatic},{Customer}", "10:00:00", "Zoë" },
        { Reply, $"{Hidden},{Forward},{Customer}", "10:00:00", "Zoë" },
        { Reply, $"{Customer},{ChatByCustomer},{PhoneByUser}", "10:20:00", "Kenji" },
        { Reply, $"{NoTime},{Customer}", "10:00:00", "Zoë" },
        { Reply, NoTime, null, "Timeless" },
        { Reply, Agent, null, null },
        { Reply, "", null, null },
        { AgentReply, $"{LineItem},{Noted},{Agent},{Customer}", "10:05:00", "Maya" },
        { AgentReply, $"{Customer},{Agent},{OldName},{Draft}", "10:06:00", "Rui" },
        { AgentReply, Draft, null, null },
        { AgentReply, $"{Customer},{Noted}", null, null },
        { Note, $"{DraftNote},{LineItem},{Agent},{Noted},{Customer}", "10:07:00", "Tobias" },
        { Note, $"{Customer},{Agent}", null, null },
    };

    [Theory]
    [MemberData(nameof(Threads))]
    public void Reply_or_note_is_the_newest_published_thread_of_its_kind(
        string name, string threads, string? time, string? actor)
    {
        var facts = Facts(name, $$$"""{"id":7,"createdAt":"2026-03-01T00:00:00Z","userUpdatedAt":"2026-03-02T12:00:00Z","_embedded":{"threads":[{{{threads}}}]}}""");

        Assert.Equal(Utc(time ?? "12:00:00"), facts.OccurredAt);
        Assert.Equal(Utc("12:00:00"), facts.ChangedAt);
        Assert.Equal(actor, facts.Actor);
    }

    [Theory]
    [InlineData("convo.created")]
    [InlineData("convo.ai-answers.created")]
    public void Created_conversation_has_its_creation_time_whatever_happened_later(string name)
    {
        var facts = Facts(name, """{"id":7,"createdAt":"2026-03-02T10:00:00Z","userUpdatedAt":"2026-03-02T12:00:00Z"}""");

        Assert.Equal((Utc("10:00:00"), Utc("12:00:00")), (facts.OccurredAt, facts.ChangedAt));
        Assert.Equal(Utc("12:00:00"), Facts(name, """{"id":7,"userUpdatedAt":"2026-03-02T12:00:00Z"}""").OccurredAt);
    }

    [Theory]
    [InlineData("convo.assigned")]
    [InlineData("convo.moved")]
    [InlineData("convo.status")]
    [InlineData("convo.tags")]
    public void Other_conversation_events_have_the_time_of_the_last_change(string name)
    {
        var facts = Facts(name, $$$"""{"id":7,"createdAt":"2026-03-02T09:00:00Z","userUpdatedAt":"2026-03-02T12:00:00Z","_embedded":{"threads":[{{{Customer}}}]}}""");

        Assert.Equal((Utc("12:00:00"), Utc("12:00:00")), (facts.OccurredAt, facts.ChangedAt));
        Assert.Null(facts.Actor);
    }

    [Theory]
    [InlineData("customer.created", "10:00:00")]
    [InlineData("customer.updated", "12:00:00")]
    [InlineData("tag.created", "10:00:00")]
    [InlineData("tag.updated", "12:00:00")]
    public void Created_and_updated_customers_and_tags_have_their_own_times(string name, string expected)
    {
        var facts = Facts(name, """{"id":7,"createdAt":"2026-03-02T10:00:00Z","updatedAt":"2026-03-02T12:00:00Z"}""");

        Assert.Equal((Utc(expected), Utc("12:00:00")), (facts.OccurredAt, facts.ChangedAt));
    }

    [Theory]
    [InlineData("beacon.chat.created", "09:00:00")]
    [InlineData("beacon.chat.customer.replied", "09:20:00")]
    public void Created_chat_has_its_creation_time_and_a_reply_that_of_the_newest_visitor_message(string name, string expected)
    {
        const string body =
            """{"id":"a","createdAt":"2026-03-02T09:00:00Z","_embedded":{"events":[{"type":"message","author":{"type":"customer"},"createdAt":"2026-03-02T09:20:00Z"},{"type":"message","author":{"type":"customer"},"createdAt":"2026-03-02T09:10:00Z"},{"type":"message","author":{"type":"user"},"createdAt":"2026-03-02T09:30:00Z"},{"type":"line_item","author":{"type":"customer"},"createdAt":"2026-03-02T09:40:00Z"}]}}""";

        var facts = Facts(name, body);

        Assert.Equal((Utc(expected), Utc("09:40:00")), (facts.OccurredAt, facts.ChangedAt));
    }

    [Fact]
    public void Chat_reply_without_a_visitor_message_has_the_time_of_the_newest_event()
    {
        var facts = Facts(
            "beacon.chat.customer.replied",
            """{"id":"a","createdAt":"2026-03-02T09:00:00Z","_embedded":{"events":[{"type":"message","author":{"type":"user"},"createdAt":"2026-03-02T09:30:00Z"}]}}""");

        Assert.Equal((Utc("09:30:00"), Utc("09:30:00")), (facts.OccurredAt, facts.ChangedAt));
    }

    [Theory]
    [InlineData("convo.assigned", """{"id":7,"conversationId":8}""")]
    [InlineData("customer.updated", """{"id":7,"email":"zoe@example.org"}""")]
    [InlineData("beacon.chat.created", """{"id":"a","conversationId":8}""")]
    [InlineData("organization.updated", """{"id":7,"conversationId":8,"email":"a@example.org"}""")]
    public void Member_shared_by_several_families_identifies_none(string name, string body) =>
        Assert.Equal(Scouthook.Events.EventState.Ok, Facts(name, body).State);

    [Theory]
    [InlineData(""" "subject":"a","preview":"b" """, "a", false)]
    [InlineData(""" "subject":" ","preview":"b" """, "b", true)]
    [InlineData(""" "subject":["a"],"preview":"b" """, "b", true)]
    [InlineData(""" "subject":5,"preview":"b" """, "5", false)]
    [InlineData(""" "preview":"b" """, "b", true)]
    public void Title_is_the_subject_or_the_preview(string members, string expected, bool isPreview)
    {
        var facts = Facts("convo.assigned", $$"""{"id":7,{{members}}}""");

        Assert.Equal((expected, isPreview), (facts.Title, facts.TitleIsPreview));
    }

    private static EventFacts Facts(string name, string body)
    {
        var facts = Some.Facts(name, body);
        Assert.Equal(TypedFacts.Of(Some.Event(name, body)), facts);
        return facts;
    }

    private static DateTimeOffset Utc(string time) =>
        DateTimeOffset.Parse($"2026-03-02T{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
