using Scouthook.Events;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class NotificationTests
{
    public static TheoryData<string> Names => Samples.Rows;

    [Theory]
    [MemberData(nameof(Names))]
    public void Body_with_only_a_self_link_is_a_notification(string name)
    {
        var read = Assert.IsType<NotificationEvent>(Some.Event(name, Self("https://api.helpscout.net/v2/x/1")));

        Assert.Equal(new Uri("https://api.helpscout.net/v2/x/1"), read.ResourceUri);
        Assert.Same(Samples.Type(name), read.EventType);
        Assert.Null(read.Payload);
    }

    [Theory]
    [InlineData("convo.assigned", "conversations/123", "conversation:123")]
    [InlineData("convo.deleted", "conversations/123", "conversation:123")]
    [InlineData("customer.updated", "customers/123", "customer:123")]
    [InlineData("satisfaction.ratings", "ratings/123", "rating:123")]
    [InlineData("beacon.chat.created", "chats/0f9d6c1e-5b7a", "chat:0f9d6c1e-5b7a")]
    [InlineData("tag.created", "tags/123", "tag:123")]
    [InlineData("organization.updated", "organizations/123", "organization:123")]
    [InlineData("user.status.changed", "users/123/status", "user:123")]
    [InlineData("convo.assigned", "conversations/123/threads/", "conversation:123")]
    [InlineData("convo.assigned", "conversations/9223372036854775807", "conversation:9223372036854775807")]
    [InlineData("convo.assigned", "customers/123", null)]
    [InlineData("convo.assigned", "conversations", null)]
    [InlineData("convo.assigned", "conversations/", null)]
    [InlineData("convo.assigned", "conversations/abc", null)]
    [InlineData("convo.assigned", "conversations/-5", null)]
    [InlineData("convo.assigned", "conversations/9223372036854775808", null)]
    [InlineData("beacon.chat.created", "chats/", null)]
    [InlineData("beacon.chat.created", "chats//x", null)]
    [InlineData("message.survey.response.received", "customers/123", null)]
    public void Link_contains_kind_and_id_of_the_resource(string name, string path, string? expected)
    {
        var facts = Some.Facts(name, Self("https://api.helpscout.net/v2/" + path));

        Assert.Equal(EventState.Notification, facts.State);
        Assert.Equal(expected, facts.Resource?.ToString());
        Assert.Equal(facts.Resource, facts.OrdersWith);
        Assert.Equal(
            expected?.StartsWith("conversation:", StringComparison.Ordinal) is true ? expected["conversation:".Length..] : null,
            facts.ConversationId?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(facts.OccurredAt);
    }

    [Theory]
    [InlineData("""{"uri":"https:\/\/api.helpscout.net\/v2\/conversations\/123"}""")]
    [InlineData("""{"anything":"https://api.helpscout.net/v2/conversations/123"}""")]
    [InlineData("""{"event":"convo.assigned","url":"https:\/\/api.helpscout.net\/v2\/conversations\/123","n":1}""")]
    [InlineData("""{"_links":{"self":{"href":"https:\/\/api.helpscout.net\/v2\/conversations\/123"}}}""")]
    [InlineData("""{"_links":{"web":{"href":"x"},"self":{"title":"y","href":"https://api.helpscout.net/v2/conversations/123"}}}""")]
    [InlineData("""{"uri":"https://api.helpscout.net/v2/tags/9","_links":{"self":{"href":"https://api.helpscout.net/v2/conversations/123"}}}""")]
    public void Link_is_the_self_link_or_the_only_text_that_is_a_URL(string body)
    {
        var read = Assert.IsType<NotificationEvent>(Some.Event("convo.assigned", body));

        Assert.Equal("https://api.helpscout.net/v2/conversations/123", read.ResourceUri.AbsoluteUri);
        Assert.Equal("conversation:123", Some.Facts("convo.assigned", body).Resource.ToString());
    }

    [Theory]
    [InlineData("""{"a":"https://api.helpscout.net/v2/conversations/1","b":"https://api.helpscout.net/v2/conversations/2"}""")]
    [InlineData("""{"a":"https://example.com/v2/conversations/1"}""")]
    [InlineData("""{"a":"https://api.helpscout.net.example.com/v2/conversations/1"}""")]
    [InlineData("""{"a":"http://api.helpscout.net/v2/conversations/1"}""")]
    [InlineData("""{"a":["https://api.helpscout.net/v2/conversations/1"]}""")]
    [InlineData("""{"_links":{"self":{"href":"conversations/1"}}}""")]
    [InlineData("""{"_links":{"self":{"href":"javascript:alert(1)"}}}""")]
    [InlineData("""{"_links":{"self":{"href":"file:///etc/passwd"}}}""")]
    [InlineData("""{"_links":{"self":"https://example.com/v2/conversations/1"}}""")]
    [InlineData("""{"_links":{"self":{"href":5}}}""")]
    [InlineData("""{"_links":{"web":{"href":"https://api.helpscout.net/v2/conversations/1"}}}""")]
    public void Body_without_exactly_one_URL_is_no_notification(string body) =>
        Assert.Contains("lacks the member", Some.ReasonOf(Some.Event("convo.assigned", body)), StringComparison.Ordinal);

    [Fact]
    public void Full_payload_without_its_id_is_no_notification() => Assert.All(
        Samples.Names.Where(name => Samples.Type(name) is { IsDeletion: false, Resource: not null }),
        name =>
        {
            var body = Samples.Json(name);
            body.Remove("id");
            body.Remove("userId");
            Assert.IsType<UnreadableEvent>(Some.Event(name, body));
        });

    [Fact]
    public void Full_payload_with_an_id_is_no_notification() =>
        Assert.IsType<OrganizationCreated>(Some.Event(
            "organization.created",
            """{"id":7,"_links":{"self":{"href":"https:\/\/api.helpscout.net\/v2\/organizations\/7"}}}"""));

    [Theory]
    [InlineData("""{"_links":{"self":{"href":"https:\/\/api.helpscout.net\/v2\/conversations\/123"}}}""")]
    [InlineData("""{"uri":"https://api.helpscout.net/v2/conversations/123"}""")]
    [InlineData("""{"a":"https://api.helpscout.net/v2/a/1","b":"https://api.helpscout.net/v2/a/2"}""")]
    public void Thin_body_under_an_unknown_name_is_an_unknown_event(string body)
    {
        Assert.IsType<UnknownEvent>(Some.Event("convo.newer", body));
        Assert.Null(Some.Facts("convo.newer", body).ResourceUri);
    }

    [Fact]
    public void Last_of_duplicate_self_links_counts()
    {
        const string link = """{"self":{"href":"https://api.helpscout.net/v2/tags/1"}}""";

        Assert.Equal("tag:2", Some.Facts(
            "tag.created", "{\"_links\":" + link + ",\"_links\":" + link.Replace("/1", "/2", StringComparison.Ordinal) + "}")
            .Resource.ToString());
        Assert.Equal(EventState.Unreadable, Some.Facts("tag.created", "{\"_links\":" + link + ",\"_links\":null}").State);
    }

    private static string Self(string address) =>
        "{\"_links\":{\"self\":{\"href\":\"" + address.Replace("/", "\\/", StringComparison.Ordinal) + "\"}}}";
}
