using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Scouthook.AsyncApi;
using Scouthook.Events;
using Scouthook.Parsing;

namespace Scouthook.Testing.Tests.Generating;

public sealed partial class EventGeneratorTests
{
    private static readonly DateTimeOffset Now = new(2031, 5, 6, 7, 8, 9, 123, 456, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Same_seed_and_clock_generate_the_same_event(string name)
    {
        Assert.Equal(Generator(7).Next(name).Body.ToArray(), Generator(7).Next(name).Body.ToArray());
        Assert.NotEqual(Generator(7).Next(name).Body.ToArray(), Generator(8).Next(name).Body.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Every_call_generates_a_different_body(string name)
    {
        var generator = Generator();

        var bodies = Enumerable.Range(0, 200).Select(_ => Text(generator.Next(name))).ToHashSet();

        Assert.Equal(200, bodies.Count);
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Generated_event_parses_as_the_record_of_its_name(string name)
    {
        var fresh = Generator().Next(name);

        Assert.Equal(fresh.EventType!.EventClrType, WebhookParser.Parse(name, fresh.Body).GetType());
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Generated_event_follows_the_contract(string name)
    {
        var generator = Generator();

        for (var count = 0; count < 20; count++)
        {
            var fresh = generator.Next(name);
            Assert.Empty(PayloadValidator.Validate(fresh.EventType!, fresh.Body.Span));
        }
    }

    /// <summary>Asserts that everything a link leads to is in the body too, so that no reference is left behind.</summary>
    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Links_lead_to_ids_of_the_same_body(string name)
    {
        var generator = Generator();

        for (var count = 0; count < 20; count++)
        {
            var body = Text(generator.Next(name));
            var linked = Links().Matches(body).SelectMany(link => Ids().Matches(link.Value)).Select(id => id.Value).ToHashSet();
            var rest = Ids().Matches(Links().Replace(body, "")).Select(id => id.Value).ToHashSet();
            Assert.Subset(rest, linked);
        }
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Ids_of_the_sample_and_of_earlier_events_do_not_come_back(string name)
    {
        var generator = Generator();
        var seen = NewIds(Text(SampleEvents.Get(name))).ToHashSet();

        for (var count = 0; count < 20; count++)
        {
            var ids = NewIds(Text(generator.Next(name))).ToHashSet();
            Assert.NotEmpty(ids);
            Assert.Empty(ids.Intersect(seen));
            seen.UnionWith(ids);
        }
    }

    [Theory]
    [InlineData("beacon.chat.created", "b8a3c5d2-77f1-4a4e-8f0c-1e2d3c4b5a69")]
    [InlineData("user.status.changed", "\"updatedAt\":\"2031-05-06T07:08:09Z\"")]
    [InlineData("convo.assigned", "\"userUpdatedAt\":\"2031-05-06T07:08:09Z\"")]
    [InlineData("convo.assigned", "\"createdAt\":\"2031-05-06T06:20:57Z\"")]
    [InlineData("satisfaction.ratings", "\"createdAt\":\"2031-05-06T07:08:09\"")]
    [InlineData("beacon.chat.customer.replied", "\"createdAt\":\"2031-05-06T07:08:09.123456Z\"")]
    [InlineData("convo.status", "\"friendly\":\"47 min ago\"")]
    public void Event_happens_now_and_its_story_began_earlier(string name, string expected)
    {
        Assert.Contains(expected, Text(Generator().Next(name)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_event_of_each_type_follows_the_order_of_the_catalogue()
    {
        Assert.Equal(HelpScoutEventCatalog.All, Generator().NextOfEach().Select(item => item.EventType));
    }

    [Fact]
    public void Generated_event_can_be_edited_and_keeps_the_wire_format()
    {
        var changed = Generator().Next("convo.status").With("subject", "Café / 東京");

        using var json = JsonDocument.Parse(changed.Body);
        Assert.Equal("Café / 東京", json.RootElement.GetProperty("subject").GetString());
        Assert.Contains(@"Caf\u00e9 \/ \u6771\u4eac", Text(changed), StringComparison.Ordinal);
    }

    private static EventGenerator Generator(int seed = 1) => new(seed, new FakeTimeProvider(Now));

    private static string Text(OutgoingEvent outgoing) => Encoding.UTF8.GetString(outgoing.Body.Span);

    /// <summary>The ids of a body that are new in every event: all but users, teams, inboxes, folders, fields and numbers in texts.</summary>
    private static IEnumerable<string> NewIds(string body) =>
        Ids().Matches(body).Select(match => match.Value).Where(id => !FixedNumbers().IsMatch(id));

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{5,}\b(?!Z)")]
    private static partial Regex Ids();

    [GeneratedRegex(@"""href"":""https:\\/\\/api[^""]*""")]
    private static partial Regex Links();

    [GeneratedRegex("^(b8a3c5d2-.*|3188..|3189..|77....|873....|201..|330..|00412|10121|929499)$")]
    private static partial Regex FixedNumbers();
}
