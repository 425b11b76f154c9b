using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scouthook.Events;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Payloads;

/// <summary>Every leaf of every sample, member by member, through the parser.</summary>
public partial class PayloadMembersTests
{
    public static TheoryData<string> Names => Samples.Rows;

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_a_leaf_changes_the_member_it_is_mapped_to_and_no_other(string name)
    {
        var body = Samples.Json(name);
        var before = TypedMembers.Of(Samples.Event(name).Payload);
        var leaves = JsonTree.Leaves(body).ToList();

        Assert.NotEmpty(leaves);
        Assert.All(leaves, leaf =>
        {
            var value = JsonTree.Another(leaf.Node);
            var after = TypedMembers.Of(Some.Event(name, JsonTree.With(body, leaf.Place, value)).Payload);

            Assert.Equal(before.Keys, after.Keys);
            var changed = Assert.Single(after, member => !Equals(
                TypedMembers.Text(member.Value), TypedMembers.Text(before[member.Key])));
            Assert.Equal(Expected(value, changed.Value), TypedMembers.Text(changed.Value));
            Assert.Equal(MemberOf(name, JsonTree.Show(leaf.Place)), changed.Key.ToUpperInvariant());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_leaf_of_a_sample_has_a_typed_member(string name)
    {
        var payload = Samples.Event(name).Payload;
        var members = TypedMembers.Of(payload).Keys.Select(key => key.ToUpperInvariant()).ToHashSet();

        Assert.Empty(TypedMembers.ExtensionData(payload));
        Assert.All(
            JsonTree.Leaves(Samples.Json(name)),
            leaf => Assert.Contains(MemberOf(name, JsonTree.Show(leaf.Place)), members));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Payload_round_trips_unchanged(string name)
    {
        var type = HelpScoutEventCatalog.Find(name)!;
        var payload = Samples.Event(name).Payload!;

        var written = JsonSerializer.Serialize(payload, type.PayloadJson);
        var read = Some.Event(name, written);

        Assert.IsType(type.EventClrType, read);
        Assert.Equal(Texts(payload), Texts(read.Payload));
        Assert.Empty(TypedMembers.ExtensionData(read.Payload));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Payload_is_written_with_the_names_and_values_of_the_sample(string name)
    {
        var type = HelpScoutEventCatalog.Find(name)!;

        var written = JsonNode.Parse(JsonSerializer.Serialize(Samples.Event(name).Payload!, type.PayloadJson))!;

        Assert.All(JsonTree.Leaves(Samples.Json(name)).Where(leaf => leaf.Node is not null), leaf => Assert.Equal(
            Comparable(leaf.Node!), Comparable(JsonTree.At(written, leaf.Place)!)));
    }

    private static Dictionary<string, string> Texts(object? payload) =>
        TypedMembers.Of(payload).ToDictionary(member => member.Key, member => TypedMembers.Text(member.Value));

    private static string Comparable(JsonNode leaf) =>
        leaf.GetValueKind() is JsonValueKind.String && JsonTree.IsInstant(leaf.GetValue<string>())
            ? TypedMembers.Text(Instant(leaf.GetValue<string>()))
            : leaf.ToJsonString();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(
        text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static string Expected(JsonNode value, object? typed) => value.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => typed is DateTimeOffset ? TypedMembers.Text(Instant(value.GetValue<string>())) : value.ToString(),
    };

    /// <summary>
    /// Returns the expected name of the typed member: the JSON name without punctuation and letter case. Two differ on
    /// purpose: the number of threads, and the value of a rating.
    /// </summary>
    private static string MemberOf(string name, string place) => (name, place) switch
    {
        (_, ".threads") => ".THREADCOUNT",
        ("satisfaction.ratings", ".rating") => ".VALUE",
        _ => Punctuation().Replace(place, "").ToUpperInvariant(),
    };

    [GeneratedRegex("[_:-]")]
    private static partial Regex Punctuation();
}
