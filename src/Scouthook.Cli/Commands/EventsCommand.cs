using System.CommandLine;
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
    private readonly Option<int> _limit = new("--limit") { Description = "The most events to show.", DefaultValueFactory = _ => 50 };
    private readonly Option<string?>[] _filters =
    [
        Filter("--type", "Event names or patterns, with commas: convo.tags, convo.*."),
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

        Options.Add(_limit);
        Options.Add(_body);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("what came in last", "scouthook events"),
        ("everything about one conversation", "scouthook events --resource conversation:3352330101"),
        ("the bytes of one", "scouthook events 01990f6e-… --body > body.json"),
    ];

    private static Option<string?> Filter(string name, string description) => new(name) { Description = description };

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_id) is { } id)
        {
            if (parseResult.GetValue(_body))
            {
                await using var output = Console.OpenStandardOutput();
                await output.WriteAsync(await client.GetBytesAsync($"events/{Uri.EscapeDataString(id)}/body", cancellationToken), cancellationToken);
                return ExitCode.Ok;
            }

            Listing.Write((await client.GetAsync($"events/{Uri.EscapeDataString(id)}", cancellationToken)).AsObject(), json);
            return ExitCode.Ok;
        }

        var query = string.Join('&', _filters
            .Select(filter => (Name: Parameter(filter.Name), Value: parseResult.GetValue(filter)))
            .Where(it => it.Value is not null)
            .Select(it => $"{it.Name}={Uri.EscapeDataString(it.Value!)}"));
        var items = await client.ListAsync($"events?{query}", parseResult.GetValue(_limit), cancellationToken)
            .ToListAsync(cancellationToken);
        Listing.Write(
            items,
            json,
            ("Received", it => Listing.Time(it["receivedAt"])),
            ("Sequence", it => Listing.Text(it["sequence"])),
            ("Type", it => Listing.Text(it["type"])),
            ("State", it => Listing.Text(it["state"])),
            ("About", it => it["resource"] is { } about ? $"{Listing.Text(about["kind"])}:{Listing.Text(about["id"])}" : ""),
            ("Deliveries", it => Deliveries(it["deliveries"]!.AsObject())),
            ("Id", it => Listing.Text(it["id"])));
        return ExitCode.Ok;
    }

    private static string Parameter(string option) => option is "--delivery-state" ? "deliveryState" : option[2..];

    private static string Deliveries(System.Text.Json.Nodes.JsonObject counts) => string.Join(
        ", ",
        counts.Where(it => it.Value!.GetValue<int>() > 0).Select(it => $"{it.Value} {it.Key}"));
}
