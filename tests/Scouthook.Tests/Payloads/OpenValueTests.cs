using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Scouthook.Payloads;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Payloads;

/// <summary>Text members whose set of values Help Scout may extend without notice.</summary>
public class OpenValueTests
{
    // One place where each type occurs; {0} is the text.
    public static TheoryData<Type, string, string> Places => new()
    {
        { typeof(ConversationType), "convo.created", """{"id":7,"type":"{0}"}""" },
        { typeof(ConversationStatus), "convo.created", """{"id":7,"status":"{0}"}""" },
        { typeof(ConversationState), "convo.created", """{"id":7,"state":"{0}"}""" },
        { typeof(SourceType), "convo.created", """{"id":7,"source":{"type":"{0}"}}""" },
        { typeof(SourceVia), "convo.created", """{"id":7,"source":{"via":"{0}"}}""" },
        { typeof(PersonType), "convo.created", """{"id":7,"createdBy":{"type":"{0}"}}""" },
        { typeof(ReplyFrom), "convo.created", """{"id":7,"customerWaitingSince":{"latestReplyFrom":"{0}"}}""" },
        { typeof(NextEventType), "convo.created", """{"id":7,"nextEvent":{"eventType":"{0}"}}""" },
        { typeof(ConversationThreadType), "convo.created", """{"id":7,"_embedded":{"threads":[{"type":"{0}"}]}}""" },
        { typeof(ConversationThreadStatus), "convo.created", """{"id":7,"_embedded":{"threads":[{"status":"{0}"}]}}""" },
        { typeof(ConversationThreadState), "convo.created", """{"id":7,"_embedded":{"threads":[{"state":"{0}"}]}}""" },
        { typeof(ThreadActionType), "convo.created", """{"id":7,"_embedded":{"threads":[{"action":{"type":"{0}"}}]}}""" },
        {
            typeof(AttachmentState), "convo.created",
            """{"id":7,"_embedded":{"threads":[{"_embedded":{"attachments":[{"state":"{0}"}]}}]}}"""
        },
        { typeof(Gender), "customer.created", """{"id":7,"gender":"{0}"}""" },
        { typeof(PhotoType), "customer.created", """{"id":7,"photoType":"{0}"}""" },
        { typeof(ContactType), "customer.created", """{"id":7,"_embedded":{"emails":[{"type":"{0}"}]}}""" },
        { typeof(RatingValue), "satisfaction.ratings", """{"id":7,"rating":"{0}"}""" },
        { typeof(ChatTimelineType), "beacon.chat.created", """{"id":"7","timeline":[{"type":"{0}"}]}""" },
        { typeof(ChatEventType), "beacon.chat.created", """{"id":"7","_embedded":{"events":[{"type":"{0}"}]}}""" },
        { typeof(ChatEventAction), "beacon.chat.created", """{"id":"7","_embedded":{"events":[{"action":"{0}"}]}}""" },
        { typeof(EmailAvailabilityStatus), "user.status.changed", """{"userId":7,"email":{"status":"{0}"}}""" },
        { typeof(StatusSource), "user.status.changed", """{"userId":7,"email":{"source":"{0}"}}""" },
        { typeof(ChatAvailabilityStatus), "user.status.changed", """{"userId":7,"chat":{"status":"{0}"}}""" },
        { typeof(NpsCategory), "message.survey.response.received", """{"response":{"category":"{0}"}}""" },
    };

    [Fact]
    public void Every_type_of_open_value_is_in_the_table() => Assert.Equal(
        typeof(IOpenValue<>).Assembly.GetTypes().Where(type => type.IsValueType && TypedMembers.IsOpenValue(type))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        Places.Select(row => row.Data.Item1.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Places))]
    public void Unknown_text_is_kept_and_readable(Type type, string name, string body)
    {
        Assert.All(["something-new", "ünknöwn \\u2013 \\\"x\\\"", ""], text =>
        {
            var value = ReadValue(type, name, body, text);

            Assert.Equal(JsonNode.Parse($"\"{text}\"")!.GetValue<string>(), TextOf(value));
            Assert.Equal(TextOf(value), value.ToString());
            Assert.DoesNotContain(value, Known(type));
        });
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Known_text_is_the_value_of_that_name(Type type, string name, string body)
    {
        var known = Known(type);

        Assert.NotEmpty(known);
        Assert.All(known, value => Assert.Equal(value, ReadValue(type, name, body, TextOf(value))));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Known_text_written_with_escapes_is_the_same_value(Type type, string name, string body) =>
        Assert.All(Known(type), value => Assert.Equal(value, ReadValue(
            type, name, body, string.Concat(TextOf(value).Select(character => $"\\u{(int)character:x4}")))));

    [Theory]
    [MemberData(nameof(Places))]
    public void Known_values_are_those_with_a_named_member(Type type, string name, string body)
    {
        var named = type.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == type).Select(property => property.GetValue(null)!).ToList();

        Assert.Equal(named, Known(type));
        Assert.Equal(named.Count, named.Select(TextOf).Distinct(StringComparer.Ordinal).Count());
        Assert.All([name, body], Assert.NotEmpty);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Unset_value_is_empty_text(Type type, string name, string body)
    {
        Assert.Equal("", Activator.CreateInstance(type)!.ToString());
        Assert.All([name, body], Assert.NotEmpty);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Number_in_place_of_a_text_is_read_as_text(Type type, string name, string body)
    {
        var read = Some.Event(name, body.Replace("\"{0}\"", "5", StringComparison.Ordinal));

        Assert.Empty(read.UnreadMembers);
        Assert.Contains(
            TypedMembers.Of(read.Payload).Values, value => value?.GetType() == type && value.ToString() == "5");
    }

    private static object ReadValue(Type type, string name, string body, string text)
    {
        var read = Some.Event(name, body.Replace("{0}", text, StringComparison.Ordinal));

        Assert.IsType(Samples.Type(name).EventClrType, read);
        return Assert.Single(TypedMembers.Of(read.Payload).Values, value => value?.GetType() == type)!;
    }

    private static List<object> Known(Type type) =>
        [.. ((IEnumerable)type.GetProperty("Known")!.GetValue(null)!).Cast<object>()];

    private static string TextOf(object value) => (string)value.GetType().GetProperty("Text")!.GetValue(value)!;
}
