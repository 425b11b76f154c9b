using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class EventFactsTests
{
    private const string Chat = "chat:0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704";
    private const string Kenji = "kenji@example.net";
    private const string Zoe = "zoe.marchetti@example.org";
    private const string Invoice = "Invoice #2026/114 – wrong VAT";
    private const string Login = "Can't log in on \"staging\"";

    public static TheoryData<string> Names => Samples.Rows;

    // Read from the files by hand: name, resource, orders with, occurred at, conversation, number, inbox, customer,
    // e-mail, title, actor.
    public static TheoryData<string, string?, string?, string?, long?, long?, long?, long?, string?, string?, string?>
        Expected => new()
    {
        {
            "convo.assigned", "conversation:3352330144", "conversation:3352330144", "2026-03-02T10:02:17Z",
            3352330144, 48219, 318842, 641907755, Kenji, Login, null
        },
        {
            "convo.created", "conversation:3352330101", "conversation:3352330101", "2026-03-02T08:14:09Z",
            3352330101, 48213, 318842, 640118273, Zoe, Invoice, "Zoë Marchetti"
        },
        {
            "convo.ai-answers.created", "conversation:3352330190", "conversation:3352330190", "2026-03-02T11:20:00Z",
            3352330190, 48226, 318842, 641907755, Kenji, "Question from AI Answers", "Kenji Araújo"
        },
        {
            "convo.deleted", "conversation:3352330002", "conversation:3352330002", null,
            3352330002, null, null, null, null, null, null
        },
        {
            "convo.merged", "conversation:3352330101", "conversation:3352330101", "2026-03-02T12:31:45Z",
            3352330101, 48213, 318842, 640118273, Zoe, Invoice, null
        },
        {
            "convo.moved", "conversation:3352330144", "conversation:3352330144", "2026-03-02T13:00:08Z",
            3352330144, 48219, 318907, 641907755, Kenji, Login, null
        },
        {
            "convo.status", "conversation:3352330077", "conversation:3352330077", "2026-03-01T22:47:31Z",
            3352330077, 48207, 318842, 642003316, "no-reply+4471@example.net",
            "Delivery Status Notification (Failure)", "Help Scout"
        },
        {
            "convo.tags", "conversation:3352330205", "conversation:3352330205", "2026-03-02T14:21:02Z",
            3352330205, 48230, 318842, 640118273, Zoe, "Re: Onboarding call", null
        },
        {
            "convo.custom-fields", "conversation:3352330212", "conversation:3352330212", "2026-03-02T15:16:40Z",
            3352330212, 48231, 318842, 641907755, Kenji, "Phone: renewal question", null
        },
        {
            "convo.customer.reply.created", "conversation:3352330101", "conversation:3352330101", "2026-03-02T16:44:58Z",
            3352330101, 48213, 318842, 640118273, Zoe, Invoice, "Zoë Marchetti"
        },
        {
            "convo.agent.reply.created", "conversation:3352330101", "conversation:3352330101", "2026-03-02T17:05:20Z",
            3352330101, 48213, 318842, 640118273, Zoe, Invoice, "Maya Lindqvist"
        },
        {
            "convo.note.created", "conversation:3352330144", "conversation:3352330144", "2026-03-02T17:30:00Z",
            3352330144, 48219, 318907, 641907755, Kenji, Login, "Tobias Okafor"
        },
        {
            "customer.created", "customer:642003316", "customer:642003316", "2026-03-01T22:47:30Z",
            null, null, null, 642003316, "no-reply+4471@example.net", "Mailer", null
        },
        {
            "customer.updated", "customer:640118273", "customer:640118273", "2026-03-02T16:45:03Z",
            null, null, null, 640118273, Zoe, "Zoë Marchetti", null
        },
        {
            "customer.deleted", "customer:642003316", "customer:642003316", null,
            null, null, null, 642003316, null, null, null
        },
        {
            "satisfaction.ratings", "rating:19920417", "conversation:3352330101", "2026-03-02T18:12:40Z",
            3352330101, 48213, 318842, 640118273, Zoe, "Took 3 e-mails… 😕", "Zoë Marchetti"
        },
        {
            "beacon.chat.created", Chat, Chat, "2026-03-03T09:15:02.118204Z",
            null, null, 318842, 641907755, Kenji, "Hi! Is the API down? 🤔", "Kenji Araújo"
        },
        {
            "beacon.chat.customer.replied", Chat, Chat, "2026-03-03T09:16:20.002917Z",
            null, null, 318842, 641907755, Kenji, "GET /v2/conversations", "Kenji Araújo"
        },
        { "tag.created", "tag:5133999", "tag:5133999", "2026-03-02T14:20:58Z", null, null, null, null, null, "café / 東京", null },
        { "tag.updated", "tag:5133410", "tag:5133410", "2026-03-02T14:25:17Z", null, null, null, null, null, "Follow up", null },
        { "tag.deleted", "tag:5133999", "tag:5133999", null, null, null, null, null, null, null, null },
        {
            "message.survey.response.received", null, null, "2026-03-04T07:58:21Z",
            null, null, null, 640118273, Zoe, "March pulse: “how are we doing?”", "Zoë Marchetti"
        },
        {
            "organization.created", "organization:40999", "organization:40999", null,
            null, null, null, null, null, "Kafé & Co", null
        },
        {
            "organization.updated", "organization:40217", "organization:40217", null,
            null, null, null, null, null, "Officina Nord S.r.l.", null
        },
        {
            "organization.deleted", "organization:40999", "organization:40999", null,
            null, null, null, null, null, null, null
        },
        {
            "user.status.changed", "user:771339", "user:771339", "2026-03-04T12:00:05Z",
            null, null, null, null, null, "away", null
        },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Sample_has_its_resource_and_time(
        string name, string? resource, string? ordersWith, string? occurredAt, long? conversation, long? number,
        long? mailbox, long? customer, string? email, string? title, string? actor)
    {
        var facts = Some.Facts(name, Samples.Body(name));

        Assert.Equal(EventState.Ok, facts.State);
        Assert.Null(facts.StateReason);
        Assert.Null(facts.ResourceUri);
        Assert.Equal(resource, facts.Resource?.ToString());
        Assert.Equal(ordersWith, facts.OrdersWith?.ToString());
        Assert.Equal(occurredAt is null ? null : Utc(occurredAt), facts.OccurredAt);
        Assert.Equal(occurredAt is null ? null : TimeSpan.Zero, facts.OccurredAt?.Offset);
        Assert.Equal(conversation, facts.ConversationId);
        Assert.Equal(number, facts.ConversationNumber);
        Assert.Equal(mailbox, facts.MailboxId);
        Assert.Equal(customer, facts.CustomerId);
        Assert.Equal(email, facts.CustomerEmail);
        Assert.Equal(title, facts.Title);
        Assert.Equal(actor, facts.Actor);
    }

    [Fact]
    public void Every_sample_is_in_the_table() =>
        Assert.Equal(Samples.Names, Expected.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Facts_match_the_typed_payload_whatever_leaf_is_changed(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Leaves(body), leaf => AssertAgreement(
            name, JsonTree.With(body, leaf.Place, JsonTree.Another(leaf.Node)).ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Facts_match_the_typed_payload_whatever_is_missing_or_null(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Places(body), item =>
        {
            AssertAgreement(name, JsonTree.With(body, item.Place, null).ToJsonString());
            if (item.Place[^1] is string)
            {
                AssertAgreement(name, JsonTree.Without(body, item.Place).ToJsonString());
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Last_of_duplicate_members_counts_for_facts_and_typed_payload(string name)
    {
        var body = Samples.Json(name);

        Assert.All(body.ToList(), member =>
        {
            AssertAgreement(name, JsonTree.Appended(body, member.Key, "null"));
            AssertAgreement(name, JsonTree.Appended(body, member.Key, member.Value!.ToJsonString()));
            if (member.Value is JsonValue leaf)
            {
                AssertAgreement(name, JsonTree.Appended(body, member.Key, JsonTree.Another(leaf).ToJsonString()));
            }

            if (member.Value is JsonObject)
            {
                AssertAgreement(name, JsonTree.Appended(body, member.Key, "{}"));
            }

            if (member.Value is JsonArray)
            {
                AssertAgreement(name, JsonTree.Appended(body, member.Key, "[]"));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Last_of_duplicate_nested_members_counts_for_facts_and_typed_payload(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Objects(body).Where(item => !item.Place.IsEmpty), item => Assert.All(item.Node.ToList(), member =>
        {
            foreach (var second in Seconds(member.Value))
            {
                // A placeholder replaces the object because the tree cannot contain a member twice.
                var text = JsonTree.With(body, item.Place, "@@@").ToJsonString();
                AssertAgreement(name, text.Replace(
                    "\"@@@\"", JsonTree.Appended(item.Node, member.Key, second), StringComparison.Ordinal));
            }
        }));
    }

    [Theory]
    [InlineData("convo.created", "userUpdatedAt", "2026-03-02T08:14:09Z")]
    [InlineData("customer.updated", "updatedAt", "2024-05-14T07:22:01Z")]
    [InlineData("tag.updated", "updatedAt", "2023-09-11T06:40:00Z")]
    [InlineData("beacon.chat.customer.replied", "_embedded", "2026-03-03T09:15:02.118204Z")]
    public void OccurredAt_falls_back_to_the_time_of_creation(string name, string missing, string expected)
    {
        var facts = Some.Facts(name, JsonTree.Without(Samples.Json(name), [missing]).ToJsonString());

        Assert.Equal(EventState.Ok, facts.State);
        Assert.Equal(Utc(expected), facts.OccurredAt);
    }

    [Theory]
    [InlineData("""{"id":7,"threadId":8,"createdAt":"2026-03-02T18:12:40"}""", "2026-03-02T18:12:40Z")]
    [InlineData(
        """{"id":7,"threadId":8,"createdAt":"2026-03-02T18:12:40","modifiedAt":"2026-03-02T19:00:00+01:00"}""",
        "2026-03-02T18:00:00Z")]
    [InlineData("""{"id":7,"threadId":8}""", null)]
    public void Rating_occurred_when_it_was_modified_or_else_created(string body, string? expected) =>
        Assert.Equal(expected is null ? null : Utc(expected), Some.Facts("satisfaction.ratings", body).OccurredAt);

    [Fact]
    public void Chat_changed_at_its_newest_event_whatever_the_order()
    {
        const string body =
            """{"id":"a","createdAt":"2026-03-03T09:00:00Z","_embedded":{"events":[{"createdAt":"2026-03-03T09:10:00.000002Z"},{"createdAt":"2026-03-03T09:10:00.000003Z"},{"createdAt":"2026-03-03T09:10:00.000001Z"}]}}""";

        var facts = Some.Facts("beacon.chat.created", body);
        Assert.Equal(Utc("2026-03-03T09:10:00.000003Z"), facts.ChangedAt);
        Assert.Equal(Utc("2026-03-03T09:00:00Z"), facts.OccurredAt);
    }

    [Fact]
    public void Rating_without_a_conversation_is_its_own_ordering_key() => Assert.Equal(
        "rating:7", Some.Facts("satisfaction.ratings", """{"id":7,"threadId":8}""").OrdersWith.ToString());

    [Fact]
    public void Conversation_closed_by_user_0_has_no_actor()
    {
        var body = JsonTree.With(Samples.Json("convo.status"), ["closedByUser", "id"], 0);

        Assert.Null(Some.Facts("convo.status", body.ToJsonString()).Actor);
    }

    [Theory]
    [InlineData("""{"first":"Maya","last":"Lindqvist","email":"maya@example.com"}""", "Maya Lindqvist")]
    [InlineData("""{"first":"Maya","last":"","email":"maya@example.com"}""", "Maya")]
    [InlineData("""{"first":" ","last":"Lindqvist"}""", "Lindqvist")]
    [InlineData("""{"first":"","last":null,"email":"maya@example.com"}""", "maya@example.com")]
    [InlineData("""{"id":5}""", null)]
    [InlineData("null", null)]
    public void Actor_is_the_full_name_or_the_address(string person, string? expected) => Assert.Equal(
        expected, Some.Facts("convo.created", "{\"id\":7,\"number\":8,\"createdBy\":" + person + "}").Actor);

    [Fact]
    public void Title_falls_back_to_the_preview() => Assert.Equal(
        "b", Some.Facts("convo.created", """{"id":7,"subject":" ","preview":"b"}""").Title);

    [Fact]
    public void Title_of_a_rating_falls_back_to_its_value() => Assert.Equal(
        "great", Some.Facts("satisfaction.ratings", """{"id":7,"rating":"great","comments":""}""").Title);

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(5_000, 200)]
    public void Title_is_truncated_at_200_characters(int length, int expected) =>
        Assert.Equal(new string('x', expected), TitleOf(new string('x', length)));

    [Fact]
    public void Title_is_not_truncated_inside_a_surrogate_pair()
    {
        var before = new string('x', 199);

        Assert.Equal(before, TitleOf(before + "🚀"));
        Assert.Equal(new string('x', 198) + "🚀", TitleOf(new string('x', 198) + "🚀y"));
        Assert.Equal(before, TitleRaw(before + "\\ud83d\\ude80"));
        Assert.Equal(new string('x', 198) + "🚀", TitleRaw(new string('x', 198) + "\\ud83d\\ude80y"));
    }

    [Fact]
    public void Control_characters_in_a_title_become_spaces()
    {
        Assert.Equal("a b c  d e f", TitleRaw("a\\nb\\tc\\r\\nd\\u0000e\\u0085f"));
        Assert.Equal("a b", TitleRaw("\\n a\\u001bb \\b\\f"));
        Assert.Null(TitleRaw("\\n\\t\\u0000"));
    }

    [Fact]
    public void Escapes_in_a_title_are_decoded()
    {
        Assert.Equal("a/\"\\é😀Ａ", TitleRaw("a\\/\\\"\\\\\\u00e9\\uD83D\\uDE00\\uFF21"));
        Assert.Equal("a\uFFFDb\uFFFD", TitleRaw("a\\ud83db\\ude00"));
        Assert.Equal("\uFFFD\uFFFDA", TitleRaw("\\ud83d\\ud83d\\u0041"));
    }

    [Fact]
    public void Title_of_five_megabytes_allocates_little()
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            "{\"id\":7,\"number\":8,\"subject\":\"" + new string('x', 5_000_000) + "\"}");
        Some.Facts("convo.created", body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var facts = Some.Facts("convo.created", body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(200, facts.Title!.Length);
        Assert.InRange(allocated, 0, 10_000);
    }

    [Fact]
    public void ToString_of_facts_contains_only_state_and_resource()
    {
        Assert.Equal("Ok conversation:3352330101", Some.Facts("convo.created", Samples.Body("convo.created")).ToString());
        Assert.Equal("Unknown", Some.Facts("helpscout.test", "{\"id\":5}").ToString());
        Assert.Equal("Unreadable", Some.Facts("convo.created", "{\"canary\":5}").ToString());
    }

    private static IEnumerable<string> Seconds(JsonNode? first)
    {
        yield return "null";
        yield return first switch
        {
            JsonObject => "{}",
            JsonArray => "[]",
            _ => JsonTree.Another(first).ToJsonString(),
        };
    }

    /// <summary>Asserts that the one-pass scan agrees with the typed payload wherever that can be read.</summary>
    private static void AssertAgreement(string name, string body)
    {
        var facts = Some.Facts(name, body);
        var typed = Some.Event(name, body);

        switch (typed)
        {
            case UnreadableEvent unreadable:
                Assert.Equal((EventState.Unreadable, unreadable.Reason), (facts.State, facts.StateReason));
                break;
            case NotificationEvent notification:
                Assert.Equal(facts.ResourceUri, notification.ResourceUri);
                break;
            default:
                Assert.Equal(TypedFacts.Of(typed), facts);
                break;
        }
    }

    private static string? TitleOf(string subject) => Some.Facts(
        "convo.created", new JsonObject { ["id"] = 7, ["number"] = 8, ["subject"] = subject }.ToJsonString()).Title;

    private static string? TitleRaw(string subject) =>
        Some.Facts("convo.created", "{\"id\":7,\"number\":8,\"subject\":\"" + subject + "\"}").Title;

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
