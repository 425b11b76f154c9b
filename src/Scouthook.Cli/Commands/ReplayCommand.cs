using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook replay</c>: delivers past events again.</summary>
internal sealed class ReplayCommand : Command, IHasExamples
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _event = new("--event") { Description = "Replay one event, by id." };
    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "The name or id of the endpoint to deliver to. Default: every enabled endpoint that subscribes to the event.",
    };

    private readonly Option<bool> _deadLetters = new("--dead-letters") { Description = "Replay all dead letters of that endpoint." };
    private readonly Option<string?> _type = new("--type") { Description = "Event types, families or patterns, separated by commas." };
    private readonly Option<string?> _source = new("--source") { Description = "The name of a source." };
    private readonly Option<string?> _since = new("--since") { Description = "Received at or after this time: a timestamp such as 2026-03-02T08:00:00Z, or a date (UTC)." };
    private readonly Option<string?> _until = new("--until") { Description = "Received before this time." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return immediately instead of waiting until all deliveries are created." };

    public ReplayCommand(TimeProvider timeProvider)
        : base("replay", "Deliver past events again. They are queued behind pending deliveries.")
    {
        _timeProvider = timeProvider;
        foreach (var option in new Option[] { _event, _endpoint, _deadLetters, _type, _source, _since, _until, _noWait, _json })
        {
            Options.Add(option);
        }

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
        ("one event, to one endpoint", "scouthook replay --event 01990f6e-… --endpoint crm"),
        ("everything received in one night", "scouthook replay --endpoint crm --since 2026-03-02T00:00:00Z --until 2026-03-02T08:00:00Z"),
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
            Screen.Out.WriteLine(
                $"Replay {ResultWriter.Text(replay["id"])} {State(replay)}: {Deliveries(replay)} created."
                + (ResultWriter.Text(replay["added"]) == "0" ? "" : " To follow them, run scouthook deliveries."));
        }

        return ResultWriter.Text(replay["state"]) == "stopped" ? ExitCode.Failed : ExitCode.Ok;
    }

    private void Check(ParseResult parseResult)
    {
        var filters = new[] { _type, _source, _since, _until }.Any(option => parseResult.GetValue(option) is not null);
        var (one, dead) = (parseResult.GetValue(_event) is not null, parseResult.GetValue(_deadLetters));
        if ((one ? 1 : 0) + (dead ? 1 : 0) + (filters ? 1 : 0) != 1)
        {
            throw new UsageException(
                "Select events in one of these ways: --event; --endpoint with --dead-letters; or --type, --source, --since and --until.");
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

        if (parseResult.GetValue(_type) is { } types)
        {
            body["types"] = EndpointMembers.Texts(types);
        }

        foreach (var (member, option) in new[] { ("source", _source), ("since", _since), ("until", _until) })
        {
            if (parseResult.GetValue(option) is { } value)
            {
                body[member] = value;
            }
        }
    }

    /// <summary>Shows the progress of a replay. Closing this view does not stop the replay.</summary>
    private async Task<JsonObject> WaitAsync(ManagementClient client, JsonObject replay, CancellationToken cancellationToken)
    {
        var id = ResultWriter.Text(replay["id"]);
        try
        {
            await Screen.Error.Status().StartAsync("Creating deliveries", async status =>
            {
                while (ResultWriter.Text(replay["state"]) == "running")
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
            Console.Error.WriteLine($"The replay continues in the gateway. Check it with scouthook replay show {id}, or stop it with scouthook replay stop {id}.");
            throw;
        }
    }

    private static string State(JsonObject replay) => ResultWriter.Text(replay["state"]) switch
    {
        "running" => "is running",
        "stopped" => "was stopped",
        _ => "is done",
    };

    private static string Deliveries(JsonObject replay) =>
        replay["added"]!.GetValue<long>() is var added && added == 1 ? "1 delivery" : $"{added} deliveries";

    private static string Progress(JsonObject replay) =>
        replay["progress"]!.GetValue<double>().ToString("P0", CultureInfo.InvariantCulture);

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
                ("Created", replay => ResultWriter.Time(replay["createdAt"])),
                ("State", replay => ResultWriter.Text(replay["state"])),
                ("Progress", Progress),
                ("Added", replay => ResultWriter.Text(replay["added"])),
                ("Endpoint", replay => names.NameOf(ResultWriter.Text(replay["endpointId"]))),
                ("Id", replay => ResultWriter.Text(replay["id"])));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command OnOne(string verb, string description, Func<ManagementClient, string, CancellationToken, Task<JsonNode>> ask)
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var replay = new Argument<string>("id") { Description = "The id of the replay." };
        var command = new Command(verb, description);
        command.Arguments.Add(replay);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var id = IdArgument.Read(parseResult.GetRequiredValue(replay), "a replay");
            ResultWriter.Write((await ask(client, id, cancellationToken)).AsObject(), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }
}
