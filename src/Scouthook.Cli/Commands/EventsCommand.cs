using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook events</c>: lists and shows the events of a gateway.</summary>
internal sealed class EventsCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "Show one event, by its id or the last eight digits.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _body = new("--body") { Description = "Print the body of that event, byte for byte." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Print all matches as CSV, with more columns." };
    private readonly ListOptions _listOptions = new();
    private readonly EventFilters _filters = new();
    private readonly Option<string?> _deliveryState = new("--delivery-state")
    {
        Description = $"Events with a delivery in this state: {DeliveryStates.Sentence}.",
        HelpName = "state",
    };

    private readonly Option<string?> _q = new("--q")
    {
        Description = "A conversation number, id or email address, or the beginning of a title.",
        HelpName = "text",
    };

    /// <summary>On a terminal only what is not in order takes up space.</summary>
    private static Column State { get; } = ItemColumns.Text("State", "state") with
    {
        Brief = item => ItemText.Of(item["state"]) is var state && state == "ok" ? "" : state,
        Colour = item => StateColours.Of(ItemText.Of(item["state"])),
    };

    private static Column Delivered { get; } = new("Deliveries", item => DeliveryStates.Describe(item["deliveries"]!.AsObject()))
    {
        Narrow = item => DeliveryStates.Summarize(item["deliveries"]!.AsObject()),
        NarrowTitle = "Delivered",
        Colour = item => DeliveryStates.ColourOf(item["deliveries"]!.AsObject()),
    };

    public EventsCommand(TimeProvider timeProvider)
        : base("events", "List events, newest first, or show one.")
    {
        _timeProvider = timeProvider;
        _deliveryState.CompletionSources.Add(DeliveryStates.All);
        Arguments.Add(_id);
        _filters.AddTo(this);
        Options.Add(_deliveryState);
        Options.Add(_q);

        _listOptions.AddTo(this);
        Options.Add(_body);
        Options.Add(_csv);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the newest events", "scouthook events"),
        ("one of them, by the short id in the list", "scouthook events 1a2b3c4d"),
        ("what the last two hours brought", "scouthook events --since 2h"),
        ("everything about one conversation", "scouthook events --resource conversation:3352330101"),
        ("a day, for a spreadsheet", "scouthook events --since 2026-03-02 --until 2026-03-03 --csv > events.csv"),
        ("the body of one event", "scouthook events 1a2b3c4d --body > body.json"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        Check(parseResult);
        using var client = _gateway.Open(parseResult);
        if (parseResult.GetValue(_id) is { } id)
        {
            await ShowOneAsync(client, IdArgument.Read(id, "an event"), parseResult, cancellationToken);
            return ExitCode.Ok;
        }

        var query = Query(parseResult);
        if (parseResult.GetValue(_csv))
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"events?{query}") { Headers = { { "Accept", "text/csv" } } };
            await using var output = Console.OpenStandardOutput();
            await client.CopyAsync(request, output, cancellationToken);
            return ExitCode.Ok;
        }

        var most = _listOptions.Read(parseResult);
        var items = await client.ListAsync($"events?{query}", most, cancellationToken).ToListAsync(cancellationToken);
        ResultWriter.Write(
            items,
            parseResult.GetValue(_json),
            ItemColumns.Time("Received", "receivedAt"),
            ItemColumns.Number("Sequence", "sequence") with { Rank = 4 },
            ItemColumns.Text("Type", "type") with { MinWidth = 12, GoodWidth = 28 },
            State,
            ItemColumns.Text("Title", "title") with { MinWidth = 12, GoodWidth = 34 },
            new Column("Resource", EventSheet.Resource) { Rank = 3 },
            ItemColumns.Text("Source", "source") with { Rank = 5 },
            Delivered,
            ItemColumns.Id);
        ResultWriter.WriteTruncationNote(items.Count, most);
        return ExitCode.Ok;
    }

    private async Task ShowOneAsync(ManagementClient client, string id, ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (parseResult.GetValue(_body))
        {
            var body = await client.GetBytesAsync($"events/{id}/body", cancellationToken);
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(body, cancellationToken);
            return;
        }

        var stored = (await client.GetAsync($"events/{id}", cancellationToken)).AsObject();
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(stored);
        }
        else
        {
            EventSheet.Write(stored, _timeProvider.GetUtcNow());
        }
    }

    /// <summary>Rejects options that would otherwise be silently ignored.</summary>
    private void Check(ParseResult parseResult)
    {
        var (isOne, isCsv) = (parseResult.GetValue(_id) is not null, parseResult.GetValue(_csv));
        if (isOne && (isCsv || _listOptions.IsGiven(parseResult) || IsFiltered(parseResult)))
        {
            throw new UsageException("An id selects one event and can't be combined with filters, --limit, --all or --csv.");
        }

        if (parseResult.GetValue(_body) && (!isOne || parseResult.GetValue(_json)))
        {
            throw new UsageException("--body prints the body of one event: pass its id, and omit --json.");
        }

        if (isCsv && (_listOptions.IsGiven(parseResult) || parseResult.GetValue(_json)))
        {
            throw new UsageException("--csv prints all matches and can't be combined with --limit, --all or --json.");
        }
    }

    private bool IsFiltered(ParseResult parseResult) => _filters.IsGiven(parseResult)
        || parseResult.GetValue(_deliveryState) is not null || parseResult.GetValue(_q) is not null;

    private string Query(ParseResult parseResult)
    {
        var given = _filters.Read(parseResult, _timeProvider.GetUtcNow()).Select(filter => (filter.Name, Value: ItemText.Raw(filter.Value)))
            .Append((Name: "deliveryState", Value: parseResult.GetValue(_deliveryState)!))
            .Append((Name: "q", Value: parseResult.GetValue(_q)!));
        return string.Join('&', given.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value)}"));
    }
}
