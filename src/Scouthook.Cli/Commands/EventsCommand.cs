using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook events</c>: what a gateway has received.</summary>
internal sealed class EventsCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "One event, with its headers.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _body = new("--body") { Description = "Print the bytes of that event, exactly as received." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write all that match as CSV, with more columns." };
    private readonly HowMany _howMany = new();
    private readonly Option<string?>[] _filters =
    [
        Filter("--type", "Event names, families or patterns, with commas: convo.tags, conversations."),
        Filter("--source", "The name of a source."),
        Filter("--resource", "What it is about, as kind:id."),
        Filter("--mailbox", "The id of an inbox at Help Scout."),
        Filter("--state", "ok, unknown, unreadable or notification."),
        Filter("--delivery-state", "Events with a delivery in this state: pending, delivered, deadLettered, discarded."),
        Filter("--since", "Received at this instant or later."),
        Filter("--until", "Received before this instant."),
        Filter("--q", "A conversation number, id or e-mail address, or the beginning of a title."),
    ];

    public EventsCommand()
        : base("events", "List the events of a gateway, newest first, or show one.")
    {
        Arguments.Add(_id);
        foreach (var filter in _filters)
        {
            Options.Add(filter);
        }

        _howMany.AddTo(this);
        Options.Add(_body);
        Options.Add(_csv);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("what came in last", "scouthook events"),
        ("everything about one conversation", "scouthook events --resource conversation:3352330101"),
        ("a day, for a spreadsheet", "scouthook events --since 2026-03-02 --until 2026-03-03 --csv > events.csv"),
        ("the bytes of one", "scouthook events 01990f6e-… --body > body.json"),
    ];

    private static Option<string?> Filter(string name, string description) => new(name) { Description = description };

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        Check(parseResult);
        using var client = _gateway.Open(parseResult);
        if (parseResult.GetValue(_id) is { } id)
        {
            await ShowOneAsync(client, Ids.Read(id, "an event"), parseResult, cancellationToken);
            return ExitCode.Ok;
        }

        var query = string.Join('&', Given(parseResult).Select(it => $"{it.Name}={Uri.EscapeDataString(it.Value)}"));
        if (parseResult.GetValue(_csv))
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"events?{query}") { Headers = { { "Accept", "text/csv" } } };
            await using var output = Console.OpenStandardOutput();
            await client.CopyAsync(request, output, cancellationToken);
            return ExitCode.Ok;
        }

        var most = _howMany.Read(parseResult);
        var items = await client.ListAsync($"events?{query}", most, cancellationToken).ToListAsync(cancellationToken);
        Listing.Write(
            items,
            parseResult.GetValue(_json),
            ("Received", it => Listing.Time(it["receivedAt"])),
            ("Sequence", it => Listing.Text(it["sequence"])),
            ("Type", it => Listing.Text(it["type"])),
            ("State", it => Listing.Text(it["state"])),
            ("About", it => it["resource"] is { } about ? $"{Listing.Text(about["kind"])}:{Listing.Text(about["id"])}" : ""),
            ("Deliveries", it => Deliveries(it["deliveries"]!.AsObject())),
            ("Id", it => Listing.Text(it["id"])));
        Listing.SayIfCut(items.Count, most);
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

        Listing.Write((await client.GetAsync($"events/{id}", cancellationToken)).AsObject(), parseResult.GetValue(_json));
    }

    /// <summary>What is given and would not be heeded is a mistake, and the answer would be one to another question.</summary>
    private void Check(ParseResult parseResult)
    {
        var (isOne, isCsv) = (parseResult.GetValue(_id) is not null, parseResult.GetValue(_csv));
        if (isOne && (isCsv || _howMany.IsGiven(parseResult) || Given(parseResult).Any()))
        {
            throw new UsageException("An id names one event: it takes no filters, --limit, --all or --csv.");
        }

        if (parseResult.GetValue(_body) && (!isOne || parseResult.GetValue(_json)))
        {
            throw new UsageException("--body prints the bytes of one event: give its id, and no --json.");
        }

        if (isCsv && (_howMany.IsGiven(parseResult) || parseResult.GetValue(_json)))
        {
            throw new UsageException("--csv writes all that match: it takes no --limit, --all or --json.");
        }
    }

    private IEnumerable<(string Name, string Value)> Given(ParseResult parseResult) => _filters
        .Select(filter => (Name: Parameter(filter.Name), Value: parseResult.GetValue(filter)!))
        .Where(it => it.Value is not null);

    private static string Parameter(string option) => option is "--delivery-state" ? "deliveryState" : option[2..];

    private static string Deliveries(JsonObject counts) => string.Join(
        ", ",
        counts.Where(it => it.Value!.GetValue<int>() > 0).Select(it => $"{it.Value} {it.Key}"));
}
