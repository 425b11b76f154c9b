using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class WebhookParserTests
{
    private const string Canary = "cAnArY7351";

    public static TheoryData<string> Names => Samples.Rows;

    public static TheoryData<string> WithId => [.. Samples.Names.Where(name => Samples.Type(name).Resource is not null)];

    public static TheoryData<string> Deletions => [.. Samples.Names.Where(name => Samples.Type(name).IsDeletion)];

    public static TheoryData<string> NoDeletions => [.. Samples.Names.Where(name => !Samples.Type(name).IsDeletion)];

    public static TheoryData<string, string> Pairs =>
        [.. Samples.Names.SelectMany(body => Samples.Names.Select(name => (body, name)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Body_is_readable_only_under_the_names_of_its_own_shape(string body, string name)
    {
        var read = Some.Event(name, Samples.Body(body));

        if (Samples.Type(body).PayloadClrType == Samples.Type(name).PayloadClrType)
        {
            Assert.IsType(Samples.Type(name).EventClrType, read);
        }
        else
        {
            Assert.Contains(name, Some.ReasonOf(read), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(WithId))]
    public void Missing_or_invalid_routing_id_makes_a_body_unreadable(string name)
    {
        var body = Samples.Json(name);
        var id = body.ContainsKey("userId") ? "userId" : "id";
        var type = Samples.Type(name);
        string[] wrong = type.Resource is ResourceKind.Chat
            ? ["null", "5", "true", "[]", "{}", "\"\"", "\"  \"", "[\"a\"]"]
            :
            [
                "null", "\"five\"", "\"\"", "\"1.5\"", "\" 5\"", "\"9223372036854775808\"", "1.5", "5.0", "5e0", "1e3", "9223372036854775808", "-9223372036854775809",
                "1e400", "true", "false", "[]", "{}", "[5]", "{\"id\":5}",
            ];

        Assert.All(wrong, value =>
        {
            var read = Some.Event(name, JsonTree.With(body, [id], JsonNode.Parse(value)));
            Assert.Contains($" {id}", Some.ReasonOf(read), StringComparison.Ordinal);
        });
        Assert.IsType<UnreadableEvent>(Some.Event(name, JsonTree.Without(body, [id])));
    }

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("9223372036854775807")]
    public void Routing_id_may_be_any_64_bit_integer(string id)
    {
        var read = Assert.IsType<TagCreated>(Some.Event("tag.created", $$"""{"slug":"a","id":{{id}}}"""));

        Assert.Equal(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), read.Tag.Id);
        Assert.Equal($"tag:{id}", Some.Facts("tag.created", $$"""{"slug":"a","id":{{id}}}""").Resource.ToString());
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public void Body_with_only_an_id_under_a_deletion_name_is_a_deletion(string name)
    {
        var read = Assert.IsAssignableFrom<IDeletionEvent>(Some.Event(name, "{\"id\":5}"));

        Assert.IsType(Samples.Type(name).EventClrType, read);
        Assert.Equal(5L, read.Deleted.Id);
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public void Id_with_other_members_under_a_deletion_name_is_unreadable(string name)
    {
        Assert.Contains("must contain only id", Some.ReasonOf(Some.Event(name, """{"id":5,"x":1}""")), StringComparison.Ordinal);
        Assert.Contains("must contain only id", Some.ReasonOf(Some.Event(name, """{"x":null,"id":5}""")), StringComparison.Ordinal);
        Assert.IsType<UnreadableEvent>(Some.Event(name, "{}"));
        Assert.IsType<UnreadableEvent>(Some.Event(name, """{"id":"five"}"""));
        Assert.IsType<UnreadableEvent>(Some.Event(name, """{"x":1}"""));
    }

    [Theory]
    [MemberData(nameof(NoDeletions))]
    public void Body_with_only_an_id_under_another_name_is_unreadable(string name)
    {
        Assert.IsType<UnreadableEvent>(Some.Event(name, "{\"id\":5}"));
        Assert.IsType<UnreadableEvent>(Some.Event(name, "{\"id\":\"5\"}"));
    }

    [Fact]
    public void Id_with_other_members_is_a_conversation_under_a_conversation_name()
    {
        var read = Assert.IsType<ConversationAssigned>(Some.Event("convo.assigned", """{"id":5,"x":1}"""));

        Assert.Equal(5L, read.Conversation.Id);
        Assert.Equal(1, read.Conversation.ExtensionData!["x"].GetInt32());
    }

    [Fact]
    public void Additional_member_of_another_family_does_not_matter()
    {
        var read = Some.Event("convo.assigned", JsonTree.Appended(Samples.Json("convo.assigned"), "slug", "\"new\""));

        Assert.Equal("new", Assert.IsType<ConversationAssigned>(read).Conversation.ExtensionData!["slug"].GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\":5}")]
    [InlineData("[]")]
    [InlineData("[1,{\"a\":2}]")]
    [InlineData("5")]
    [InlineData("-1.5e300")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData(" { } ")]
    [InlineData("{\"a\\ud800\":\"\\udc00\"}")]
    [InlineData("{\"_embedded\":{\"\\ud800\":\"\\udc00\",\"events\":[{\"\\udfff\":1}]},\"createdBy\":{\"\\ud800\":1}}")]
    public void Any_JSON_under_an_unknown_name_is_an_unknown_event(string body)
    {
        Assert.All(["helpscout.test", "convo.tags.added", "Convo.Assigned", "ünknown", "\ud800"], name =>
        {
            var read = Assert.IsType<UnknownEvent>(Some.Event(name, body));

            Assert.Equal(name, read.Name);
            Assert.Equal(body, Encoding.UTF8.GetString(read.Body.Span));
            Assert.Null(read.Payload);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Any_JSON_without_a_name_is_an_unknown_event_with_an_empty_name(string? name)
    {
        var read = Assert.IsType<UnknownEvent>(Some.Event(name, Samples.Body("convo.created")));

        Assert.Equal("", read.Name);
    }

    public static TheoryData<string, byte[]> NotJson => new()
    {
        { "nothing", [] },
        { "white space", "  \r\n"u8.ToArray() },
        { "text", "hello"u8.ToArray() },
        { "a cut object", "{\"id\":5"u8.ToArray() },
        { "a form", "payload=%7B%7D"u8.ToArray() },
        { "two byte order marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. "{\"id\":5}"u8] },
        { "a lone byte order mark", [0xEF, 0xBB, 0xBF] },
        { "UTF-16", Encoding.Unicode.GetBytes("{\"id\":5}") },
        { "garbage behind", "{\"id\":5}x"u8.ToArray() },
        { "two objects", "{\"id\":5}{\"id\":6}"u8.ToArray() },
        { "a zero byte behind", "{\"id\":5}\0"u8.ToArray() },
        { "a comma too many", "{\"id\":5,}"u8.ToArray() },
        { "a comment", "{\"id\":5/* */}"u8.ToArray() },
        { "single quotes", "{'id':5}"u8.ToArray() },
        { "a control character in text", "{\"id\":5,\"x\":\"\n\"}"u8.ToArray() },
        { "an unknown escape", "{\"id\":5,\"x\":\"\\q\"}"u8.ToArray() },
        { "half an escape", "{\"id\":5,\"x\":\"\\u00\"}"u8.ToArray() },
        { "a leading zero", "{\"id\":05}"u8.ToArray() },
        { "NaN", "{\"id\":NaN}"u8.ToArray() },
        { "invalid UTF-8", [.. "{\"id\":5,\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
        { "an overlong form", [.. "{\"id\":5,\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8] },
        { "a surrogate in UTF-8", [.. "{\"id\":5,\"x\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8] },
        { "invalid UTF-8 in a name", [.. "{\"id\":5,\"x"u8, 0xFF, .. "\":1}"u8] },
        { "deep lists", [.. Enumerable.Repeat((byte)'[', 10_000), .. Enumerable.Repeat((byte)']', 10_000)] },
        { "deep objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)) },
        { "deep lists in a member", Encoding.UTF8.GetBytes("{\"id\":5,\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}") },
        { "deep lists without an end", [.. Enumerable.Repeat((byte)'[', 100_000)] },
    };

    [Theory]
    [MemberData(nameof(NotJson))]
    public void Body_that_is_not_JSON_is_unreadable_under_any_name(string what, byte[] body)
    {
        Assert.All([.. Samples.Names, "helpscout.test", ""], name =>
        {
            var read = Some.Event(name, body);

            Assert.StartsWith("The body is ", Some.ReasonOf(read), StringComparison.Ordinal);
            Assert.True(read.Body.Equals(body), what);
            Assert.Equal(name, read.Name);
        });
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"id\":5}]")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void JSON_other_than_an_object_is_unreadable_under_a_known_name(string body) => Assert.All(
        Samples.Names,
        name => Assert.Equal("The body is JSON, but not an object.", Some.ReasonOf(Some.Event(name, body))));

    [Theory]
    [MemberData(nameof(WithId))]
    public void Empty_object_is_unreadable_under_a_name_that_requires_an_id(string name) =>
        Assert.Contains("lacks the member", Some.ReasonOf(Some.Event(name, "{}")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Byte_order_mark_is_skipped_and_kept(string name)
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Samples.Body(name)];

        var read = Some.Event(name, body);

        Assert.IsType(Samples.Type(name).EventClrType, read);
        Assert.Equal(body, read.Body.ToArray());
        Assert.Equal(Some.Facts(name, Samples.Body(name)), Some.Facts(name, body));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whitespace_between_tokens_does_not_matter(string name)
    {
        var indented = " \r\n" + Samples.Json(name).ToJsonString(new() { WriteIndented = true }) + "\t\n";

        var read = Some.Event(name, indented);

        Assert.IsType(Samples.Type(name).EventClrType, read);
        Assert.Equal(TypedMembers.Of(Samples.Event(name).Payload).Keys, TypedMembers.Of(read.Payload).Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Member_names_written_with_escapes_are_read_the_same(string name)
    {
        var body = Encoding.UTF8.GetString(Samples.Body(name));
        var escaped = System.Text.RegularExpressions.Regex.Replace(
            body, "\"([_a-zA-Z:-]+)\":",
            match => "\"" + string.Concat(match.Groups[1].Value.Select(character => $"\\u{(int)character:X4}")) + "\":");

        var read = Some.Event(name, escaped);

        Assert.IsType(Samples.Type(name).EventClrType, read);
        Assert.Empty(TypedMembers.ExtensionData(read.Payload));
        Assert.Equal(Some.Facts(name, body), Some.Facts(name, escaped));
        Assert.Equal(
            TypedMembers.Of(Samples.Event(name).Payload).Values.Select(TypedMembers.Text),
            TypedMembers.Of(read.Payload).Values.Select(TypedMembers.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_written_as_UTF8_are_read_the_same(string name)
    {
        var plain = Samples.Json(name).ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        var read = Some.Event(name, plain);

        Assert.DoesNotContain("\\/", plain, StringComparison.Ordinal);
        Assert.Equal(Some.Facts(name, Samples.Body(name)), Some.Facts(name, plain));
        Assert.Equal(
            TypedMembers.Of(Samples.Event(name).Payload).Values.Select(TypedMembers.Text),
            TypedMembers.Of(read.Payload).Values.Select(TypedMembers.Text));
    }

    [Fact]
    public void Times_written_with_escapes_are_read_the_same()
    {
        Assert.All(
            ["2026-03-02T10:02:17Z", "2026-03-02T12:02:17+02:00", "2026-03-02T10:02:17"],
            text => Assert.All(Enumerable.Range(0, text.Length), position =>
            {
                var escaped = text[..position] + $"\\u{(int)text[position]:x4}" + text[(position + 1)..];
                var body = $$"""{"id":7,"number":8,"userUpdatedAt":"{{escaped}}"}""";

                Assert.Equal(Some.Instant, Some.Facts("convo.assigned", body).OccurredAt);
                Assert.Equal(
                    Some.Instant,
                    Assert.IsType<ConversationAssigned>(Some.Event("convo.assigned", body)).Conversation.UserUpdatedAt);
            }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lone_surrogate_in_a_name_or_value_does_not_matter(string name)
    {
        var body = Samples.Json(name);

        Assert.All(JsonTree.Objects(body), item =>
        {
            var text = JsonTree.With(body, item.Place.Add("brandNew"), "@@@").ToJsonString();
            string[] variants =
            [
                text.Replace("\"@@@\"", "\"\\ud83d\"", StringComparison.Ordinal),
                text.Replace("\"@@@\"", "{\"\\ud83d\":1}", StringComparison.Ordinal),
                text.Replace("\"brandNew\"", "\"\\ude00new\"", StringComparison.Ordinal),
            ];

            Assert.All(variants, variant =>
            {
                var read = Some.Event(name, variant);
                Assert.Equal(
                    Samples.Type(name).IsDeletion ? typeof(UnreadableEvent) : Samples.Type(name).EventClrType, read.GetType());
            });
        });
        Assert.All(JsonTree.Leaves(body).Where(leaf => leaf.Node?.GetValueKind() is System.Text.Json.JsonValueKind.String), leaf =>
        {
            var text = JsonTree.With(body, leaf.Place, "@@@").ToJsonString();
            var read = Some.Event(name, text.Replace("\"@@@\"", "\"x\\ud83d\"", StringComparison.Ordinal));

            Assert.Equal(Samples.Type(name).EventClrType, read.GetType());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reason_never_quotes_the_body(string name)
    {
        var body = Samples.Json(name);
        string[] values = [$"\"{Canary}\"", $"[\"{Canary}\"]", $$"""{"{{Canary}}":"{{Canary}}"}""", "7351.7351", "true"];
        var unreadable = 0;

        foreach (var (place, _) in JsonTree.Places(body))
        {
            foreach (var value in values)
            {
                var read = Some.Event(name, JsonTree.With(body, place, JsonNode.Parse(value)));
                unreadable += AssertSilent(read);
            }
        }

        unreadable += AssertSilent(Some.Event(name, "{\"" + Canary + "\":\"" + Canary));
        unreadable += AssertSilent(Some.Event(name, "{\"id\":" + Canary + "}"));
        unreadable += AssertSilent(Some.Event(name, $"\"{Canary}\""));
        Assert.True(unreadable > 0);
    }

    [Theory]
    [InlineData(
        "user.status.changed", """{"userId":7,"chat":{"mailboxStatuses":{"cAnArY7351":{"cAnArY7351":5}}}}""",
        "/chat/mailboxStatuses/*")]
    [InlineData(
        "convo.status", """{"id":7,"_embedded":{"threads":[{"action":{"associatedEntities":{"cAnArY7351":"x"}}}]}}""",
        "/_embedded/threads/*/action/associatedEntities/*")]
    [InlineData("convo.status", """{"id":7,"cAnArY7351":{"cAnArY7351":"\ud800"},"status":[5]}""", "/status")]
    [InlineData("convo.status", """{"id":7,"cAnArY7351":1,"cc":[{"cAnArY7351":1}]}""", "/cc/*")]
    [InlineData("convo.status", """{"id":7,"cAnArY7351\ud800":1,"closedAt":"cAnArY7351"}""", "/closedAt")]
    [InlineData("convo.status", """{"id":7,"assignee":{"id":"cAnArY7351"}}""", "/assignee/id")]
    public void Unread_member_is_named_without_map_keys_or_values(string name, string body, string expected) =>
        Assert.Equal([expected], Some.Event(name, body).UnreadMembers);

    [Fact]
    public void Source_is_required() =>
        Assert.Throws<ArgumentNullException>(() => Scouthook.Parsing.WebhookParser.Parse("a", default, null!));

    private static int AssertSilent(HelpScoutEvent read)
    {
        Assert.DoesNotContain(Canary, read.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, string.Join(' ', read.UnreadMembers), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, $"{read.Payload}", StringComparison.OrdinalIgnoreCase);
        var facts = Some.Facts(read.Name, read.Body.ToArray());
        if (facts.State is EventState.Unreadable)
        {
            Assert.DoesNotContain(Canary, $"{facts} {facts.StateReason}", StringComparison.OrdinalIgnoreCase);
        }

        if (read is not UnreadableEvent unreadable)
        {
            return 0;
        }

        Assert.DoesNotContain(Canary, unreadable.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("7351", unreadable.Reason, StringComparison.Ordinal);
        Assert.InRange(unreadable.Reason.Length, 10, 300);
        return 1;
    }
}
