using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Payloads;

/// <summary>Tolerant parsing of payloads: each rule of the design, on each sample it applies to.</summary>
public class PayloadToleranceTests
{
    public static TheoryData<string> Names => Samples.Rows;

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_member_except_the_routing_id_may_be_missing(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Places(body).Where(item => item.Place[^1] is string && !IsRoutingId(name, item.Place)), leaf =>
        {
            var read = Some.Event(name, JsonTree.Without(body, leaf.Place));

            Assert.IsType(Samples.Type(name).EventClrType, read);
            Assert.Empty(TypedMembers.ExtensionData(read.Payload));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_value_except_the_routing_id_may_be_null(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Places(body).Where(item => !IsRoutingId(name, item.Place)), leaf =>
        {
            var read = Some.Event(name, JsonTree.With(body, leaf.Place, null));

            Assert.IsType(Samples.Type(name).EventClrType, read);
            Assert.Empty(TypedMembers.ExtensionData(read.Payload));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lists_and_maps_of_a_payload_are_never_null_and_contain_no_null(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Places(body).Where(item => item.Node is JsonArray || item.Place[^1] is int), item =>
        {
            var members = TypedMembers.Of(Some.Event(name, JsonTree.With(body, item.Place, null)).Payload);

            Assert.DoesNotContain(members, member => member.Key.EndsWith(']') && member.Value is null);
            Assert.NotEmpty(members);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimal_payload_is_read_with_empty_lists(string name)
    {
        var type = Samples.Type(name);
        var (body, lists) = type.PayloadClrType.Name switch
        {
            nameof(Conversation) => ("""{"id":7,"number":8}""", 5),
            nameof(Customer) => ("""{"id":7,"gender":"Male"}""", 6),
            nameof(Rating) => ("""{"id":7,"threadId":8}""", 0),
            nameof(BeaconChat) => ("""{"id":"7","beaconId":"8"}""", 4),
            nameof(Tag) => ("""{"id":7,"slug":"8"}""", 0),
            nameof(Organization) => ("""{"id":7,"name":"8"}""", 3),
            nameof(UserStatus) => ("""{"userId":7}""", 0),
            nameof(SurveyResponse) => ("""{"message":{}}""", 0),
            _ => ("""{"id":7}""", 0),
        };

        var read = Some.Event(name, body);

        Assert.IsType(type.EventClrType, read);
        Assert.Equal(
            lists, TypedMembers.Of(read.Payload).Count(pair => pair.Key.EndsWith(".Count", StringComparison.Ordinal) && pair.Value is 0));
    }

    [Theory]
    [InlineData("convo.status", "_embedded.threads.0.action.associatedEntities")]
    [InlineData("convo.created", "_embedded.threads.0.action.associatedEntities")]
    [InlineData("beacon.chat.created", "_embedded.events.0.params")]
    [InlineData("user.status.changed", "chat.mailboxStatuses")]
    public void Empty_map_may_be_written_as_an_empty_list(string name, string place)
    {
        var body = Samples.Json(name);

        var asList = Some.Event(name, JsonTree.With(body, Place(place), new JsonArray()));
        var asMap = Some.Event(name, JsonTree.With(body, Place(place), new JsonObject()));

        Assert.IsType(Samples.Type(name).EventClrType, asList);
        Assert.Equal(TypedMembers.Of(asMap.Payload).Keys, TypedMembers.Of(asList.Payload).Keys);
        Assert.Equal(0, MapCount(asList, place));
        Assert.Equal(0, MapCount(asMap, place));
    }

    [Fact]
    public void Null_map_entry_is_omitted()
    {
        var status = Some.Event(
            "user.status.changed", """{"userId":7,"chat":{"mailboxStatuses":{"1":null,"2":"assign"}}}""");
        var thread = Some.Event(
            "convo.status",
            """{"id":7,"_embedded":{"threads":[{"action":{"associatedEntities":{"user":null,"mailbox":5}}}]}}""");

        var statuses = Assert.IsType<UserStatusChanged>(status).Status.Chat!.MailboxStatuses;
        var entities = Assert.IsType<ConversationStatusChanged>(thread).Conversation.Embedded.Threads[0]
            .Action!.AssociatedEntities;
        Assert.Equal("2", Assert.Single(statuses).Key);
        Assert.Equal("mailbox", Assert.Single(entities).Key);
    }

    [Fact]
    public void Params_of_a_chat_event_are_kept_as_JSON()
    {
        var read = Some.Event(
            "beacon.chat.created",
            """{"id":"a","_embedded":{"events":[{"params":{"a":1,"b":null,"c":{"d":[true]},"e":"f"}}]}}""");

        var parameters = Assert.IsType<BeaconChatCreated>(read).Chat.Embedded.Events[0].Params;
        Assert.Equal(4, parameters.Count);
        Assert.Equal(1, parameters["a"].GetInt32());
        Assert.Equal(JsonValueKind.Null, parameters["b"].ValueKind);
        Assert.Equal("""{"d":[true]}""", parameters["c"].GetRawText());
        Assert.Equal("f", parameters["e"].GetString());
    }

    [Theory]
    [InlineData("\"help@example.com\"", "help@example.com")]
    [InlineData("[\"a@example.com\",\"b@example.com\"]", "a@example.com|b@example.com")]
    [InlineData("[null,\"b@example.com\"]", "b@example.com")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public void Recipients_of_a_thread_may_be_a_single_text(string to, string expected)
    {
        var read = Some.Event("convo.created", """{"id":7,"_embedded":{"threads":[{"to":""" + to + "}]}}");

        var thread = Assert.IsType<ConversationCreated>(read).Conversation.Embedded.Threads[0];
        Assert.Equal(expected, string.Join('|', thread.To));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unknown_member_is_kept_at_every_level(string name)
    {
        var body = Samples.Json(name);
        var type = Samples.Type(name);
        var objects = JsonTree.Objects(body).Where(item => !IsMap(item.Place) && !(type.IsDeletion && item.Place.IsEmpty));

        Assert.All(objects, item =>
        {
            var added = JsonTree.With(body, item.Place.Add("brandNew"), JsonNode.Parse("""{"a":[1,"ü",null]}"""));
            var read = Some.Event(name, added);

            Assert.IsType(type.EventClrType, read);
            var kept = Assert.Single(TypedMembers.ExtensionData(read.Payload));
            Assert.EndsWith(".brandNew", kept.Key, StringComparison.Ordinal);
            Assert.Equal("ü", kept.Value.GetProperty("a")[1].GetString());
            Assert.Equal(TypedMembers.Of(Samples.Event(name).Payload).Keys, TypedMembers.Of(read.Payload).Keys);
        });
    }

    [Theory]
    [InlineData("ExtensionData")]
    [InlineData("extensionData")]
    [InlineData("$type")]
    [InlineData("$id")]
    [InlineData("$ref")]
    [InlineData("Id")]
    [InlineData("")]
    [InlineData("__proto__")]
    public void Unknown_member_is_kept_whatever_its_name(string member)
    {
        var read = Some.Event("convo.created", JsonTree.Appended(Samples.Json("convo.created"), member, "\"kept\""));

        Assert.IsType<ConversationCreated>(read);
        Assert.Equal("kept", read.Payload!.ExtensionData![member].GetString());
    }

    [Fact]
    public void Unknown_members_are_written_back()
    {
        var type = Samples.Type("tag.created");
        var read = Some.Event("tag.created", """{"id":7,"slug":"a","brandNew":[1.50]}""");

        Assert.Contains(
            "\"brandNew\":[1.50]", JsonSerializer.Serialize(read.Payload!, type.PayloadJson), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_have_up_to_64_bits(string name)
    {
        var body = Samples.Json(name);
        var ids = JsonTree.Leaves(body).Where(leaf =>
            leaf.Node?.GetValueKind() is JsonValueKind.Number && leaf.Place[^1] is string member
            && (member is "id" or "number" or "closedBy" or "snoozedBy" or "performedBy" or "size" or "workflow"
                || member.EndsWith("Id", StringComparison.Ordinal)));

        Assert.All(ids, leaf => Assert.All([2147483648L, 4294967296L, 9007199254740993L, long.MaxValue], id =>
        {
            var read = Some.Event(name, JsonTree.With(body, leaf.Place, id));

            Assert.IsType(Samples.Type(name).EventClrType, read);
            Assert.Contains(id, TypedMembers.Of(read.Payload).Values);
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Times_are_read_in_every_observed_form(string name)
    {
        var body = Samples.Json(name);
        var instants = JsonTree.Leaves(body).Where(leaf =>
            leaf.Node?.GetValueKind() is JsonValueKind.String && JsonTree.IsInstant(leaf.Node.GetValue<string>()));
        (string Text, DateTimeOffset Expected)[] forms =
        [
            ("2026-03-02T10:02:17Z", Some.Instant),
            ("2026-03-02T10:02:17", Some.Instant),
            ("2026-03-02T10:02:17.982028Z", Some.Instant.AddTicks(9820280)),
            ("2026-03-02T10:02:17.5", Some.Instant.AddTicks(5000000)),
            ("2026-03-02T12:02:17+02:00", Some.Instant),
            ("2026-03-02T04:32:17-05:30", Some.Instant),
        ];

        Assert.All(instants, leaf => Assert.All(forms, form =>
        {
            var read = Some.Event(name, JsonTree.With(body, leaf.Place, form.Text));

            Assert.IsType(Samples.Type(name).EventClrType, read);
            Assert.Contains(
                TypedMembers.Of(read.Payload).Values, value => value is DateTimeOffset instant && instant == form.Expected);
        }));
    }

    [Fact]
    public void Empty_text_in_place_of_a_time_is_no_time()
    {
        var read = Some.Event("convo.created", """{"id":7,"number":8,"closedAt":"","userUpdatedAt":""}""");

        var conversation = Assert.IsType<ConversationCreated>(read).Conversation;
        Assert.Null(conversation.ClosedAt);
        Assert.Null(conversation.UserUpdatedAt);
    }

    private static bool IsRoutingId(string name, IReadOnlyList<object> place) =>
        // A customer inside a survey answer is a resource of its own and has its id.
        (place.Count == 1 && place[0] is "id" or "userId" && place.Count == 1)
        || (name == "message.survey.response.received" && place is ["_embedded", "customer", "id"]);

    private static bool IsMap(IReadOnlyList<object> place) =>
        place.Count > 0 && place[^1] is "associatedEntities" or "mailboxStatuses" or "params";

    private static System.Collections.Immutable.ImmutableArray<object> Place(string dotted) =>
        [.. dotted.Split('.').Select(step => int.TryParse(step, out var index) ? (object)index : step)];

    private static object? MapCount(HelpScoutEvent read, string place) => TypedMembers.Of(read.Payload).Single(member =>
        member.Key.EndsWith($".{place.Split('.')[^1]}.Count", StringComparison.OrdinalIgnoreCase)
        && (!place.Contains("threads", StringComparison.Ordinal)
            || member.Key.Contains("Threads[0]", StringComparison.Ordinal))).Value;
}
