using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook events</c>: lists and shows the events of a gateway.</summary>
internal sealed class EventsCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "Show one event with its headers, by id.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _body = new("--body") { Description = "Print the body of that event, byte for byte." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Print all matches as CSV, with more columns." };
    private readonly ListOptions _listOptions = new();
    private readonly Option<string?>[] _filters =
    [
        Filter("--type", "Event types, families or patterns, separated by commas: convo.tags,conversations,tag.*"),
        Filter("--source", "The name of a source."),
        Filter("--resource", "The subject of the event as kind:id, such as conversation:3352330101."),
        Filter("--mailbox", "A mailbox id."),
        Filter("--state", "ok, unknown, unreadable or notification."),
        Filter("--delivery-state", "Events with a delivery in this state: pending, leased, delivered, deadLettered or discarded."),
        Filter("--since", "Received at or after this time: a timestamp such as 2026-03-02T08:00:00Z, or a date (UTC)."),
        Filter("--until", "Received before this time."),
        Filter("--q", "A conversation number, id or email address, or the beginning of a title."),
    ];

    public EventsCommand()
        : base("events", "List events, newest first, or show one.")
    {
        Arguments.Add(_id);
        foreach (var filter in _filters)
        {
            Options.Add(filter);
        }

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
        ("everything about one conversation", "scouthook events --resource conversation:3352330101"),
        ("a day, for a spreadsheet", "scouthook events --since 2026-03-02 --until 2026-03-03 --csv > events.csv"),
        ("the body of one event", "scouthook events 01990f6e-… --body > body.json"),
    ];

    private static Option<string?> Filter(string name, string description) => new(name) { Description = description };

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        Check(parseResult);
        using var client = _gateway.Open(parseResult);
        if (parseResult.GetValue(_id) is { } id)
        {
            await ShowOneAsync(client, IdArgument.Read(id, "an event"), parseResult, cancellationToken);
            return ExitCode.Ok;
        }

        var query = string.Join('&', Given(parseResult).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value)}"));
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
            ("Received", item => ResultWriter.Time(item["receivedAt"])),
            ("Sequence", item => ResultWriter.Text(item["sequence"])),
            ("Type", item => ResultWriter.Text(item["type"])),
            ("State", item => ResultWriter.Text(item["state"])),
            ("Resource", item => item["resource"] is { } about ? $"{ResultWriter.Text(about["kind"])}:{ResultWriter.Text(about["id"])}" : ""),
            ("Deliveries", item => Deliveries(item["deliveries"]!.AsObject())),
            ("Id", item => ResultWriter.Text(item["id"])));
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

        ResultWriter.Write((await client.GetAsync($"events/{id}", cancellationToken)).AsObject(), parseResult.GetValue(_json));
    }

    /// <summary>Rejects options that would otherwise be silently ignored.</summary>
    private void Check(ParseResult parseResult)
    {
        var (isOne, isCsv) = (parseResult.GetValue(_id) is not null, parseResult.GetValue(_csv));
        if (isOne && (isCsv || _listOptions.IsGiven(parseResult) || Given(parseResult).Any()))
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

    private IEnumerable<(string Name, string Value)> Given(ParseResult parseResult) => _filters
        .Select(filter => (Name: Parameter(filter.Name), Value: parseResult.GetValue(filter)!))
        .Where(filter => filter.Value is not null);

    private static string Parameter(string option) => option is "--delivery-state" ? "deliveryState" : option[2..];

    private static string Deliveries(JsonObject counts) => string.Join(
        ", ",
        counts.Where(count => count.Value!.GetValue<int>() > 0).Select(count => $"{count.Value} {count.Key}"));
}
