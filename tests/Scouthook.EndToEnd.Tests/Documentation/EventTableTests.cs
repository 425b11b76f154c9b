using System.Text.RegularExpressions;
using Scouthook.Events;

namespace Scouthook.EndToEnd.Tests.Documentation;

public sealed partial class EventTableTests
{
    [Fact]
    public void Concepts_list_the_record_and_the_payload_of_every_event()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs/concepts.md")))
            .Select(row => (Name: row.Groups[1].Value, Record: row.Groups[2].Value, Payload: row.Groups[3].Value))
            .ToList();

        Assert.Equal(HelpScoutEventCatalog.All.Select(type => (type.Name, type.EventClrType.Name)), rows.Select(row => (row.Name, row.Record)));
        Assert.All(
            HelpScoutEventCatalog.All.Zip(rows),
            pair => Assert.Equal(pair.First.PayloadClrType, pair.First.EventClrType.GetProperty(pair.Second.Payload)?.PropertyType));
    }

    [GeneratedRegex(@"^\| `([a-z.\-]+)` \| `(\w+)` \| `(\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
