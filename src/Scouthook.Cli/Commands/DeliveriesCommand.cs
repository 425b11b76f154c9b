using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook deliveries</c>: what is owed to endpoints, and what became of it.</summary>
internal sealed class DeliveriesCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _id = new("id") { Description = "One delivery, with its attempts.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "The name or id of an endpoint." };
    private readonly Option<string?> _state = new("--state") { Description = "pending, leased, delivered, deadLettered or discarded." };
    private readonly Option<string?> _event = new("--event") { Description = "The id of an event." };
    private readonly HowMany _howMany = new();

    public DeliveriesCommand()
        : base("deliveries", "List deliveries, newest first, show one, or decide about one.")
    {
        Arguments.Add(_id);
        Options.Add(_endpoint);
        Options.Add(_state);
        Options.Add(_event);
        _howMany.AddTo(this);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(Deciding("retry", "Try a dead letter again, in its old place; or a waiting delivery now."));
        Subcommands.Add(Deciding("discard", "Decide that a delivery need not arrive."));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the dead letters of an endpoint", "scouthook deliveries --endpoint crm --state deadLettered"),
        ("why one failed", "scouthook deliveries 01990f6e-…"),
        ("try it again", "scouthook deliveries retry 01990f6e-…"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_id) is { } id)
        {
            if (_howMany.IsGiven(parseResult) || new[] { _endpoint, _state, _event }.Any(it => parseResult.GetValue(it) is not null))
            {
                throw new UsageException("An id names one delivery: it takes no filters, --limit or --all.");
            }

            ShowOne((await client.GetAsync($"deliveries/{Ids.Read(id, "a delivery")}", cancellationToken)).AsObject(), json);
            return ExitCode.Ok;
        }

        var most = _howMany.Read(parseResult);
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
            query.Add($"event={Ids.ReadWhole(stored, "an event")}");
        }

        var items = await client.ListAsync($"deliveries?{string.Join('&', query)}", most, cancellationToken)
            .ToListAsync(cancellationToken);
        Listing.Write(
            items,
            json,
            ("Created", it => Listing.Time(it["createdAt"])),
            ("Endpoint", it => names.NameOf(Listing.Text(it["endpointId"]))),
            ("State", it => Listing.Text(it["state"])),
            ("Attempts", it => Listing.Text(it["attempts"])),
            ("Next", it => Listing.Time(it["nextAttemptAt"])),
            ("Reason", it => Listing.Short(it["stateReason"] ?? it["lastError"])),
            ("Id", it => Listing.Text(it["id"])));
        Listing.SayIfCut(items.Count, most);
        return ExitCode.Ok;
    }

    private static void ShowOne(JsonObject delivery, bool json)
    {
        if (json)
        {
            JsonOutput.Write(delivery);
            return;
        }

        var attempts = delivery["attemptList"]!.AsArray().Select(it => it!.AsObject()).ToList();
        delivery.Remove("attemptList");
        Listing.Write(delivery, json: false);
        Listing.Write(
            attempts,
            json: false,
            ("Attempt", it => Listing.Text(it["number"])),
            ("Started", it => Listing.Time(it["startedAt"])),
            ("Took ms", it => Listing.Text(it["durationMs"])),
            ("Outcome", it => Listing.Text(it["outcome"])),
            ("Status", it => Listing.Text(it["statusCode"])),
            ("Error", it => Listing.Text(it["error"])),
            ("Answer", it => Listing.Short(it["responseBody"])));
    }

    private static Command Deciding(string verb, string description)
    {
        var command = new Command(verb, description);
        var id = new Argument<string>("id") { Description = "The delivery." };
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        command.Arguments.Add(id);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var path = $"deliveries/{Ids.Read(parseResult.GetRequiredValue(id), "a delivery")}/{verb}";
            Listing.Write(await client.PostAsync(path, null, cancellationToken), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }
}
