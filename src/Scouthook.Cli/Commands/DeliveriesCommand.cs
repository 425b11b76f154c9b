using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook deliveries</c>: lists, shows and manages deliveries.</summary>
internal sealed class DeliveriesCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "Show one delivery with its attempts, by its id or the last eight digits.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _endpoint = EndpointOption.Create("The name or id of an endpoint.");
    private readonly Option<string?> _state = new("--state") { Description = $"{DeliveryStates.Sentence}.", HelpName = "state" };
    private readonly Option<string?> _event = new("--event") { Description = "The id of an event.", HelpName = "id" };
    private readonly Option<string?> _type = EventFilters.Type();
    private readonly Option<string?> _since = EventFilters.Since("Created");
    private readonly Option<string?> _until = EventFilters.Until("Created");
    private readonly ListOptions _listOptions = new();

    public DeliveriesCommand(TimeProvider timeProvider)
        : base("deliveries", "List deliveries, newest first, or show, retry or discard one.")
    {
        _timeProvider = timeProvider;
        _state.CompletionSources.Add(DeliveryStates.All);
        Arguments.Add(_id);
        foreach (var filter in Filters)
        {
            Options.Add(filter);
        }

        _listOptions.AddTo(this);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(Deciding("retry", "Retry a dead letter in its old place, or a pending delivery now.", "due now"));
        Subcommands.Add(Deciding("discard", "Discard a delivery, so that it is not attempted again.", "discarded"));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the dead letters of an endpoint", "scouthook deliveries --endpoint crm --state deadLettered"),
        ("what failed since last night", "scouthook deliveries --state deadLettered --since 12h"),
        ("why a delivery failed, by the short id in the list", "scouthook deliveries 5e6f7a8b"),
        ("retry it", "scouthook deliveries retry 5e6f7a8b"),
    ];

    private Option<string?>[] Filters => [_endpoint, _state, _event, _type, _since, _until];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_id) is { } id)
        {
            if (_listOptions.IsGiven(parseResult) || Filters.Any(option => parseResult.GetValue(option) is not null))
            {
                throw new UsageException("An id selects one delivery and can't be combined with filters, --limit or --all.");
            }

            var delivery = (await client.GetAsync($"deliveries/{IdArgument.Read(id, "a delivery")}", cancellationToken)).AsObject();
            if (json)
            {
                JsonOutput.Write(delivery);
            }
            else
            {
                DeliverySheet.Write(delivery, _timeProvider.GetUtcNow());
            }

            return ExitCode.Ok;
        }

        var most = _listOptions.Read(parseResult);
        var query = await QueryAsync(client, parseResult, cancellationToken);
        var items = await client.ListAsync($"deliveries?{query}", most, cancellationToken)
            .ToListAsync(cancellationToken);
        ResultWriter.Write(
            items,
            json,
            ItemColumns.Time("Created", "createdAt"),
            ItemColumns.Text("Endpoint", "endpointName") with { MinWidth = 8, GoodWidth = 16 },
            ItemColumns.Text("Type", "eventType") with { MinWidth = 12, GoodWidth = 28 },
            ItemColumns.Text("Title", "title") with { MinWidth = 12, GoodWidth = 24, Rank = 4 },
            ItemColumns.DeliveryState,
            ItemColumns.Number("Attempts", "attempts") with { Rank = 2 },
            ItemColumns.Time("Next", "nextAttemptAt") with { Rank = 3 },
            DeliverySheet.Reason,
            ItemColumns.Id);
        ResultWriter.WriteTruncationNote(items.Count, most);
        return ExitCode.Ok;
    }

    private async Task<string> QueryAsync(ManagementClient client, ParseResult parseResult, CancellationToken cancellationToken)
    {
        EventPatternNotes.Write(parseResult.GetValue(_type));
        var now = _timeProvider.GetUtcNow();
        var given = new (string Name, string? Value)[]
        {
            ("endpoint", parseResult.GetValue(_endpoint) is { } endpoint ? (await EndpointNames.ReadAsync(client, cancellationToken)).IdOf(endpoint) : null),
            ("state", parseResult.GetValue(_state)),
            ("event", parseResult.GetValue(_event) is { } stored ? await WholeIdAsync(client, stored, cancellationToken) : null),
            ("type", parseResult.GetValue(_type)),
            ("since", TimeOption.ReadPast(parseResult, _since, now)),
            ("until", TimeOption.ReadPast(parseResult, _until, now)),
        };
        return string.Join('&', given.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
    }

    /// <summary>Completes the ending of an event's id: a filter of the API takes whole ids only.</summary>
    private static async Task<string> WholeIdAsync(ManagementClient client, string text, CancellationToken cancellationToken) =>
        IdArgument.Read(text, "an event") is var id && IdArgument.IsWhole(id)
            ? id
            : ItemText.Of((await client.GetAsync($"events/{id}", cancellationToken))["id"]);

    private static Command Deciding(string verb, string description, string done)
    {
        var command = new Command(verb, description);
        var id = new Argument<string>("id") { Description = "The id of the delivery, or its last eight digits." };
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        command.Arguments.Add(id);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var path = $"deliveries/{IdArgument.Read(parseResult.GetRequiredValue(id), "a delivery")}/{verb}";
            var delivery = await client.PostAsync(path, null, cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(delivery);
            }
            else
            {
                Prose.WriteLine(
                    $"{ItemText.Of(delivery["eventType"])} to {ItemText.Of(delivery["endpointName"])}: {done}.\n"
                    + $"To see it, run scouthook deliveries {ItemText.IdEnding(delivery["id"])}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
