using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
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
    public void Only_ids_and_times_differ_from_the_sample(string name)
    {
        Assert.Equal(Blank(Text(SampleEvents.Get(name))), Blank(Text(Generator().Next(name))));
    }

    /// <summary>Asserts that texts equal before are equal after, and texts that differed still differ.</summary>
    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Equal_ids_stay_equal(string name)
    {
        var before = Ids().Matches(Text(SampleEvents.Get(name))).Select(match => match.Value).ToArray();
        var after = Ids().Matches(Text(Generator().Next(name))).Select(match => match.Value).ToArray();

        var pairs = before.Zip(after).Distinct().ToArray();

        Assert.Equal(before.Distinct().Count(), pairs.Length);
        Assert.Equal(after.Distinct().Count(), pairs.Length);
    }

    [Theory]
    [InlineData("convo.created", "3352330101", "48213", "9915540021", "640118273", "702218841")]
    [InlineData("convo.tags", "3352330205", "48230", "9915549310", "640118273", "5120077", "5133410", "5133999")]
    [InlineData("convo.deleted", "3352330002")]
    [InlineData("customer.updated", "640118273", "808114021", "30118820", "4410022", "5510877", "6620119", "40217")]
    [InlineData("satisfaction.ratings", "19920417", "640118273", "9915554400", "3352330101", "48213")]
    [InlineData("beacon.chat.customer.replied", "0f9d6c1e-", "4a1d2c3b-", "641907755", "5120077")]
    [InlineData("organization.updated", "40217")]
    [InlineData("message.survey.response.received", "640118273", "808114021", "40217")]
    [InlineData("user.status.changed", "771339")]
    [InlineData("tag.deleted", "5133999")]
    public void Ids_of_the_sample_are_replaced(string name, params string[] old)
    {
        var fresh = Text(Generator().Next(name));

        Assert.All(old, id => Assert.DoesNotContain(id, fresh, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("convo.agent.reply.created", "318842", "771204", "8730113", "88213")]
    [InlineData("convo.custom-fields", "20111", "33077", "\"2026-04-30\"", "771339")]
    [InlineData("convo.status", "\"closedBy\":1,", "611402", "\\/users\\/1\"")]
    [InlineData("user.status.changed", "318842", "318907")]
    [InlineData("beacon.chat.created", "b8a3c5d2-77f1-4a4e-8f0c-1e2d3c4b5a69")]
    public void Ids_of_mailboxes_users_and_fields_are_kept(string name, params string[] kept)
    {
        var fresh = Text(Generator().Next(name));

        Assert.All(kept, part => Assert.Contains(part, fresh, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("convo.assigned", "\"userUpdatedAt\":\"2031-05-06T07:08:09Z\"")]
    [InlineData("convo.assigned", "\"createdAt\":\"2031-05-06T06:46:43Z\"")]
    [InlineData("satisfaction.ratings", "\"createdAt\":\"2031-05-06T07:08:09\"")]
    [InlineData("beacon.chat.customer.replied", "\"createdAt\":\"2031-05-06T07:08:09.123456Z\"")]
    [InlineData("convo.note.created", "\"snoozedUntil\":\"2031-05-06T21:38:09Z\"")]
    [InlineData("convo.status", "\"friendly\":\"May 6\"")]
    [InlineData("user.status.changed", "\"updatedAt\":\"2031-05-06T07:08:09Z\"")]
    public void Newest_past_time_becomes_now_and_the_others_keep_their_distance(string name, string expected)
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

    private static string Blank(string json) => Days().Replace(Instants().Replace(Ids().Replace(json, "#"), "@"), "day");

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{5,}\b(?!Z)")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.[\d#]+)?")]
    private static partial Regex Instants();

    [GeneratedRegex(@"Mar 1|May 6")]
    private static partial Regex Days();
}
