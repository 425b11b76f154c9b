using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook deliveries</c>: lists, shows and manages deliveries.</summary>
internal sealed class DeliveriesCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "Show one delivery with its attempts, by id.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "The name or id of an endpoint." };
    private readonly Option<string?> _state = new("--state") { Description = "pending, leased, delivered, deadLettered or discarded." };
    private readonly Option<string?> _event = new("--event") { Description = "The id of an event." };
    private readonly ListOptions _listOptions = new();

    public DeliveriesCommand()
        : base("deliveries", "List deliveries, newest first, or show, retry or discard one.")
    {
        Arguments.Add(_id);
        Options.Add(_endpoint);
        Options.Add(_state);
        Options.Add(_event);
        _listOptions.AddTo(this);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(Deciding("retry", "Retry a dead letter in its old place, or a pending delivery now."));
        Subcommands.Add(Deciding("discard", "Discard a delivery, so that it is not attempted again."));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the dead letters of an endpoint", "scouthook deliveries --endpoint crm --state deadLettered"),
        ("why a delivery failed", "scouthook deliveries 01990f6e-…"),
        ("retry it", "scouthook deliveries retry 01990f6e-…"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_id) is { } id)
        {
            if (_listOptions.IsGiven(parseResult) || new[] { _endpoint, _state, _event }.Any(option => parseResult.GetValue(option) is not null))
            {
                throw new UsageException("An id selects one delivery and can't be combined with filters, --limit or --all.");
            }

            ShowOne((await client.GetAsync($"deliveries/{IdArgument.Read(id, "a delivery")}", cancellationToken)).AsObject(), json);
            return ExitCode.Ok;
        }

        var most = _listOptions.Read(parseResult);
        var names = await EndpointNames.ReadAsync(client, cancellationToken);
        var query = new List<string>();
        if (parseResult.GetValue(_endpoint) is { } endpoint)
        {
            query.Add($"endpoint={names.IdOf(endpoint)}");
        }

        if (parseResult.GetValue(_state) is { } state)
        {
            query.Add($"state={Uri.EscapeDataString(state)}");
        }

        if (parseResult.GetValue(_event) is { } stored)
        {
            query.Add($"event={IdArgument.ReadWhole(stored, "an event")}");
        }

        var items = await client.ListAsync($"deliveries?{string.Join('&', query)}", most, cancellationToken)
            .ToListAsync(cancellationToken);
        ResultWriter.Write(
            items,
            json,
            ("Created", delivery => ResultWriter.Time(delivery["createdAt"])),
            ("Endpoint", delivery => names.NameOf(ResultWriter.Text(delivery["endpointId"]))),
            ("State", delivery => ResultWriter.Text(delivery["state"])),
            ("Attempts", delivery => ResultWriter.Text(delivery["attempts"])),
            ("Next", delivery => ResultWriter.Time(delivery["nextAttemptAt"])),
            ("Reason", delivery => ResultWriter.Short(delivery["stateReason"] ?? delivery["lastError"])),
            ("Id", delivery => ResultWriter.Text(delivery["id"])));
        ResultWriter.WriteTruncationNote(items.Count, most);
        return ExitCode.Ok;
    }

    private static void ShowOne(JsonObject delivery, bool json)
    {
        if (json)
        {
            JsonOutput.Write(delivery);
            return;
        }

        var attempts = delivery["attemptList"]!.AsArray().Select(attempt => attempt!.AsObject()).ToList();
        delivery.Remove("attemptList");
        ResultWriter.Write(delivery, json: false);
        ResultWriter.Write(
            attempts,
            json: false,
            ("Attempt", attempt => ResultWriter.Text(attempt["number"])),
            ("Started", attempt => ResultWriter.Time(attempt["startedAt"])),
            ("Took (ms)", attempt => ResultWriter.Text(attempt["durationMs"])),
            ("Outcome", attempt => ResultWriter.Text(attempt["outcome"])),
            ("Status", attempt => ResultWriter.Text(attempt["statusCode"])),
            ("Error", attempt => ResultWriter.Text(attempt["error"])),
            ("Response", attempt => ResultWriter.Short(attempt["responseBody"])));
    }

    private static Command Deciding(string verb, string description)
    {
        var command = new Command(verb, description);
        var id = new Argument<string>("id") { Description = "The id of the delivery." };
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        command.Arguments.Add(id);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var path = $"deliveries/{IdArgument.Read(parseResult.GetRequiredValue(id), "a delivery")}/{verb}";
            ResultWriter.Write(await client.PostAsync(path, null, cancellationToken), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }
}
