using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Scouthook.TestSupport.Payloads;

/// <summary>A sample with one member in an undocumented form, and the expected result.</summary>
/// <param name="Name">The event name.</param>
/// <param name="Place">The place of the member.</param>
/// <param name="Body">The JSON.</param>
/// <param name="Value">The text of the value that is read; <see langword="null"/> if the raw value is kept.</param>
/// <param name="Raw">The raw value that is kept; <see langword="null"/> if the value is read.</param>
/// <param name="Reported">Whether the member is reported as unread.</param>
internal sealed record OddBody(
    string Name, ImmutableArray<object> Place, string Body, string? Value, string? Raw = null, bool Reported = false)
{
    private const string Placeholder = "@@@";

    private static readonly string[] Maps = ["associatedEntities", "mailboxStatuses", "params"];

    private static readonly string[] People =
        ["assignee", "createdBy", "closedByUser", "primaryCustomer", "customer", "assignedTo", "author", "user"];

    private static readonly string[] Contacts = ["emails", "phones", "chats", "social_profiles", "websites"];

    /// <summary>The member that keeps the raw value: the list or map as a whole, if it is an item of one.</summary>
    public string Member => (string)Place[Steps - 1];

    /// <summary>The place of the member, as it is reported.</summary>
    public string Pointer => "/" + string.Join('/', Place.Select((step, index) => step is int || IsKey(index) ? "*" : step));

    private int Steps
    {
        get
        {
            var steps = Place.Length;
            while (Place[steps - 1] is int || IsKey(steps - 1))
            {
                steps--;
            }

            return steps;
        }
    }

    public override string ToString() => $"{Name} {JsonTree.Show(Place)}: {Value ?? Raw}";

    /// <summary>Returns every kind of deviation at each member of a sample that it applies to.</summary>
    public static IEnumerable<OddBody> Of(string name, JsonObject sample) => JsonTree.Places(sample)
        .Where(item => item.Node is not null && !IsRoutingId(item.Place) && !item.Place.SkipLast(1).Contains("params"))
        .SelectMany(item => Variants(new Writer(name, sample, item.Place), item.Node!));

    private static IEnumerable<OddBody> Variants(Writer at, JsonNode node) => node switch
    {
        JsonArray list => Lists(at, list),
        JsonObject item => Objects(at, item),
        _ => Leaves(at, node),
    };

    private static IEnumerable<OddBody> Leaves(Writer at, JsonNode leaf)
    {
        yield return at.Kept("""{"x":1}""", reported: true);
        yield return at.Kept("[]", reported: false);
        switch (leaf.GetValueKind())
        {
            case System.Text.Json.JsonValueKind.Number:
                yield return at.Read("\"1234\"", "1234");
                yield return at.Kept("\"\"", reported: false);
                yield return at.Kept("1.5", reported: true);
                break;
            case System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False:
                yield return at.Read("0", "false");
                yield return at.Read("\"1\"", "true");
                yield return at.Read("\"true\"", "true");
                yield return at.Kept("\"perhaps\"", reported: true);
                break;
            case System.Text.Json.JsonValueKind.String when JsonTree.IsInstant(leaf.GetValue<string>()):
                const string instant = "2026-03-02T10:02:17.0000000Z";
                yield return at.Read("\"2026-03-02 10:02:17\"", instant);
                yield return at.Read("\"2026-03-02T12:02:17+0200\"", instant);
                yield return at.Read("1772445737", instant);
                yield return at.Read("\"1772445737000\"", instant);
                yield return at.Kept("\"0000-00-00 00:00:00\"", reported: false);
                yield return at.Kept("\"yesterday\"", reported: true);
                break;
            default:
                yield return at.Read("1234.50", "1234.50");
                yield return at.Read("true", "true");
                yield return at.Read("\"a\\ud83d\"", "a\uFFFD");
                break;
        }
    }

    private static IEnumerable<OddBody> Objects(Writer at, JsonObject item)
    {
        var member = at.Place[^1] as string ?? (at.Place.Length > 1 ? at.Place[^2] as string : null);
        yield return at.Kept("[7]", reported: true);
        yield return at.Kept("false", reported: false);
        if (!Maps.Contains(member))
        {
            yield return at.Kept("[]", reported: false);
        }

        if (member == "tags")
        {
            yield return at.Read("\"urgent\"", "urgent");
        }
        else if (Contacts.Contains(member))
        {
            yield return at.Read("\"zoe@example.org\"", "zoe@example.org");
        }
        else if (People.Contains(member) && !at.Place.Contains("_links"))
        {
            yield return at.Read("4711", "4711");
        }
        else if (at.Place.Contains("_links") && item.ContainsKey("href"))
        {
            yield return at.Read("\"https://example.com/a\"", "https://example.com/a");
        }
    }

    private static IEnumerable<OddBody> Lists(Writer at, JsonArray list)
    {
        yield return at.Kept("false", reported: false);
        if (list.Count == 0)
        {
            yield break;
        }

        var same = LeafText(list[0]!);
        var map = new JsonObject(list.Select((item, index) =>
            KeyValuePair.Create((index * 2).ToString(CultureInfo.InvariantCulture), item?.DeepClone())));
        yield return at.Read(map.ToJsonString(), same);
        yield return at.Read(list[0]!.ToJsonString(), same);
        yield return at.Kept(list[0] is JsonObject ? "true" : """{"x":1}""", reported: true);
    }

    /// <summary>Returns a text that shows that an item was read.</summary>
    private static string LeafText(JsonNode item) => item is JsonValue
        ? item.GetValue<string>()
        : JsonTree.Leaves(item).Select(leaf => leaf.Node).OfType<JsonValue>()
            .First(leaf => leaf.GetValueKind() is System.Text.Json.JsonValueKind.String && !JsonTree.IsInstant(leaf.GetValue<string>()))
            .GetValue<string>();

    private static bool IsRoutingId(ImmutableArray<object> place) => place is ["id"] or ["userId"] or ["_embedded", "customer", "id"];

    private bool IsKey(int index) => index > 0 && Place[index] is string && Maps.Contains(Place[index - 1]);

    private sealed record Writer(string Name, JsonObject Sample, ImmutableArray<object> Place)
    {
        public OddBody Read(string value, string expected) => new(Name, Place, With(value), expected);

        public OddBody Kept(string value, bool reported) => new(Name, Place, With(value), null, value, reported);

        // With a placeholder: the tree cannot contain a lone surrogate.
        private string With(string value) => JsonTree.With(Sample, Place, Placeholder).ToJsonString()
            .Replace($"\"{Placeholder}\"", value, StringComparison.Ordinal);
    }
}
