using System.Text;
using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Events;

public class HelpScoutEventTests
{
    public static TheoryData<string> Names => Samples.Rows;

    [Fact]
    public void Event_created_in_code_has_the_name_of_its_record_and_the_default_source()
    {
        var made = new TagDeleted { Deleted = new DeletedResource { Id = 5 } };

        Assert.Equal("tag.deleted", made.Name);
        Assert.Equal("default", made.Source);
        Assert.True(made.Body.IsEmpty);
        Assert.Equal(default, made.ReceivedAt);
        Assert.Same(made.Deleted, made.Payload);
    }

    [Fact]
    public void Event_created_in_code_keeps_the_given_values()
    {
        var made = new UnknownEvent { Name = "helpscout.test", Source = "eu", Body = "{}"u8.ToArray(), ReceivedAt = Some.Instant };

        Assert.Equal("helpscout.test", made.Name);
        Assert.Equal("eu", made.Source);
        Assert.Equal(2, made.Body.Length);
        Assert.Equal(Some.Instant, made.ReceivedAt);
        Assert.Null(made.Payload);
    }

    [Fact]
    public void Unknown_event_without_a_name_has_an_empty_name() => Assert.Equal("", new UnknownEvent().Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parsed_event_keeps_its_name_source_time_and_exact_bytes(string name)
    {
        var body = Samples.Body(name);

        var parsed = Scouthook.Parsing.WebhookParser.Parse(name, body, "eu", Some.Instant);

        Assert.Equal(name, parsed.Name);
        Assert.Equal("eu", parsed.Source);
        Assert.Equal(Some.Instant, parsed.ReceivedAt);
        Assert.True(parsed.Body.Equals(body));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToString_of_an_event_or_payload_reveals_nothing_of_the_body(string name)
    {
        var body = Samples.Body(name);

        var parsed = Scouthook.Parsing.WebhookParser.Parse(name, body, "eu", Some.Instant);

        Assert.Equal(
            $"{name} from eu at 2026-03-02T10:02:17.0000000+00:00, {body.Length} bytes", parsed.ToString());
        Assert.Equal(parsed.Payload!.GetType().Name, parsed.Payload.ToString());
    }

    [Fact]
    public void ToString_of_an_event_without_a_name_says_so() =>
        Assert.StartsWith("(no name) from default", Some.Event("", "{}").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Family_exposes_the_payload_under_its_own_name()
    {
        Assert.All(
            Samples.Names.Select(Samples.Event),
            name => Assert.Same(name.Payload, name switch
            {
                ConversationSnapshotEvent family => family.Conversation,
                CustomerSnapshotEvent family => family.Customer,
                RatingEvent family => family.Rating,
                BeaconChatEvent family => family.Chat,
                TagSnapshotEvent family => family.Tag,
                OrganizationSnapshotEvent family => family.Organization,
                UserStatusEvent family => family.Status,
                SurveyEvent family => family.Response,
                IDeletionEvent family => family.Deleted,
                _ => null,
            }));
    }

    [Theory]
    [InlineData(ResourceKind.Conversation, "conversation:7")]
    [InlineData(ResourceKind.Customer, "customer:7")]
    [InlineData(ResourceKind.Rating, "rating:7")]
    [InlineData(ResourceKind.Chat, "chat:7")]
    [InlineData(ResourceKind.Tag, "tag:7")]
    [InlineData(ResourceKind.Organization, "organization:7")]
    [InlineData(ResourceKind.User, "user:7")]
    public void Resource_is_written_as_kind_and_id(ResourceKind kind, string expected) =>
        Assert.Equal(expected, new ResourceReference(kind, "7").ToString());

    [Fact]
    public void Undefined_kind_has_no_text() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ResourceReference.KindText(0));

    [Fact]
    public void Body_of_an_event_has_the_bytes_that_were_sent() => Assert.Equal(
        "{\"id\":3352330002}", Encoding.UTF8.GetString(Samples.Event("convo.deleted").Body.Span));
}
