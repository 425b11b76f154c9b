using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook replay</c>: delivers past events again.</summary>
internal sealed class ReplayCommand : Command, IHasExamples
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _event = new("--event") { Description = "Replay one event, by its id or the last eight digits.", HelpName = "id" };
    private readonly Option<string?> _endpoint = EndpointOption.Create(
        "The name or id of the endpoint to deliver to. Default: every enabled endpoint that subscribes to the event.");

    private readonly Option<bool> _deadLetters = new("--dead-letters") { Description = "Replay all dead letters of that endpoint." };
    private readonly EventFilters _filters = new();
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return immediately instead of waiting until all deliveries are created." };

    public ReplayCommand(TimeProvider timeProvider)
        : base("replay", "Deliver past events again. They are queued behind pending deliveries.")
    {
        _timeProvider = timeProvider;
        Options.Add(_event);
        Options.Add(_endpoint);
        Options.Add(_deadLetters);
        _filters.AddTo(this);
        Options.Add(_noWait);
        Options.Add(_json);

        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(List());
        Subcommands.Add(OnOne("show", "Show one replay and its progress.", (client, id, cancellationToken) =>
            client.GetAsync($"replays/{id}", cancellationToken)));
        Subcommands.Add(OnOne("stop", "Stop a replay early. Deliveries already created are still delivered.", async (client, id, cancellationToken) =>
            await client.PostAsync($"replays/{id}/stop", null, cancellationToken)));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("what an endpoint missed", "scouthook replay --endpoint crm --dead-letters"),
        ("one event, to one endpoint", "scouthook replay --event 1a2b3c4d --endpoint crm"),
        ("everything about one conversation", "scouthook replay --endpoint crm --resource conversation:3352330101"),
        ("the last two hours", "scouthook replay --endpoint crm --since 2h"),
        ("everything received in one night", "scouthook replay --endpoint crm --since 2026-03-02 --until 2026-03-02T08:00:00Z"),
        ("the progress of all replays", "scouthook replay list"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        Check(parseResult);
        using var client = _gateway.Open(parseResult);
        var body = new JsonObject();
        if (parseResult.GetValue(_endpoint) is { } endpoint)
        {
            body["endpointId"] = (await EndpointNames.ReadAsync(client, cancellationToken)).IdOf(endpoint);
        }

        var path = "replays";
        if (parseResult.GetValue(_event) is { } stored)
        {
            path = $"events/{IdArgument.Read(stored, "an event")}/replay";
        }
        else
        {
            Fill(parseResult, body);
        }

        var replay = await client.PostAsync(path, body, cancellationToken);
        if (!parseResult.GetValue(_noWait))
        {
            replay = await WaitAsync(client, replay, cancellationToken);
        }

        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(replay);
        }
        else
        {
            Prose.WriteLine($"Replay {ItemText.Of(replay["id"])} {State(replay)}: {Deliveries(replay)} created.");
            if (ItemText.Of(replay["state"]) == "running")
            {
                Prose.WriteLine($"To see its progress, run scouthook replay show {ItemText.IdEnding(replay["id"])}.");
            }
            else if (ItemText.Of(replay["added"]) is var added && added != "0")
            {
                var ofEndpoint = parseResult.GetValue(_endpoint) is { } name ? $" --endpoint {ThisTool.Argument(name)}" : "";
                Prose.WriteLine($"To see {(added == "1" ? "it" : "them")}, run scouthook deliveries{ofEndpoint}.");
            }
        }

        return ItemText.Of(replay["state"]) == "stopped" ? ExitCode.Failed : ExitCode.Ok;
    }

    private void Check(ParseResult parseResult)
    {
        var filters = _filters.IsGiven(parseResult);
        var (one, dead) = (parseResult.GetValue(_event) is not null, parseResult.GetValue(_deadLetters));
        if ((one ? 1 : 0) + (dead ? 1 : 0) + (filters ? 1 : 0) != 1)
        {
            throw new UsageException(
                "Select events in one of these ways: --event; --endpoint with --dead-letters; or filters: --type, --source, --resource, --mailbox, "
                + "--state, --since and --until. To replay everything that is stored, pass --type '*'.");
        }

        if (dead && parseResult.GetValue(_endpoint) is null)
        {
            throw new UsageException("--dead-letters requires --endpoint.");
        }
    }

    private void Fill(ParseResult parseResult, JsonObject body)
    {
        if (parseResult.GetValue(_deadLetters))
        {
            body["deadLetters"] = true;
        }

        var filters = _filters.Read(parseResult, _timeProvider.GetUtcNow());
        if (filters.Count > 0)
        {
            body["filter"] = new JsonObject(filters.Select(filter => KeyValuePair.Create(
                filter.Name,
                (JsonNode?)(filter.Name == "type" ? EndpointMembers.Texts(ItemText.Raw(filter.Value)) : filter.Value))));
        }
    }

    /// <summary>Shows the progress of a replay. Closing this view does not stop the replay.</summary>
    private async Task<JsonObject> WaitAsync(ManagementClient client, JsonObject replay, CancellationToken cancellationToken)
    {
        var id = ItemText.Of(replay["id"]);
        try
        {
            await Screen.Error.Status().SpinnerStyle(Style.Parse(Palette.Accent)).StartAsync("Creating deliveries", async status =>
            {
                while (ItemText.Of(replay["state"]) == "running")
                {
                    await Task.Delay(Period, _timeProvider, cancellationToken);
                    replay = (await client.GetAsync($"replays/{id}", cancellationToken)).AsObject();
                    status.Status($"{Progress(replay)}: {Deliveries(replay)} created");
                }
            });
            return replay;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ManagementException)
        {
            StandardOutput.TryWriteError($"The replay continues in the gateway. Check it with scouthook replay show {ItemText.IdEnding(replay["id"])}, or stop it with scouthook replay stop {ItemText.IdEnding(replay["id"])}.");
            throw;
        }
    }

    private static string State(JsonObject replay) => ItemText.Of(replay["state"]) switch
    {
        "running" => "is running",
        "stopped" => "was stopped",
        _ => "is done",
    };

    private static string Deliveries(JsonObject replay) =>
        replay["added"]!.GetValue<long>() is var added && added == 1 ? "1 delivery" : $"{added} deliveries";

    private static string Progress(JsonObject replay) =>
        replay["progress"]!.GetValue<double>().ToString("P0", CultureInfo.InvariantCulture);

    /// <summary>Writes the progress as lists do, and omits what does not apply.</summary>
    private static JsonObject ForPeople(JsonObject replay)
    {
        var shown = replay.DeepClone().AsObject();
        shown["progress"] = Progress(replay);
        if (replay["deadLetters"]?.GetValue<bool>() is false)
        {
            shown.Remove("deadLetters");
        }

        return shown;
    }

    /// <summary>Describes what a replay selects.</summary>
    private static string Selection(JsonObject replay) => replay switch
    {
        _ when replay["eventId"] is { } stored => $"event {ItemText.IdEnding(stored)}",
        _ when replay["deadLetters"]?.GetValue<bool>() is true => "dead letters",
        _ => string.Join(
            ", ",
            new[]
            {
                ItemText.Of(replay["types"]),
                ItemText.Of(replay["source"]),
                replay["since"] is { } since ? $"since {ItemText.Time(since)} UTC" : "",
                replay["until"] is { } until ? $"until {ItemText.Time(until)} UTC" : "",
            }.Where(part => part.Length > 0)),
    };

    private static Command List()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var command = new Command("list", "List replays, newest first.");
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            ResultWriter.Write(
                await client.ItemsAsync("replays", cancellationToken),
                parseResult.GetValue(json),
                ItemColumns.Time("Created", "createdAt"),
                ItemColumns.Text("State", "state") with { Colour = replay => StateColours.Of(ItemText.Of(replay["state"])) },
                new Column("Progress", Progress) { IsNumber = true },
                ItemColumns.Number("Added", "added"),
                new Column("Endpoint", replay => replay["endpointId"] is { } id ? names.NameOf(ItemText.Of(id)) : "(all)") { MinWidth = 8 },
                new Column("Events", Selection) { MinWidth = 12, Rank = 1 },
                ItemColumns.Id);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command OnOne(string verb, string description, Func<ManagementClient, string, CancellationToken, Task<JsonNode>> ask)
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var argument = new Argument<string>("id") { Description = "The id of the replay, or its last eight digits." };
        var command = new Command(verb, description);
        command.Arguments.Add(argument);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var id = IdArgument.Read(parseResult.GetRequiredValue(argument), "a replay");
            var replay = (await ask(client, id, cancellationToken)).AsObject();
            ResultWriter.Write(parseResult.GetValue(json) ? replay : ForPeople(replay), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }
}
