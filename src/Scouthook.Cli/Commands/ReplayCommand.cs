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
    private readonly Option<string?> _event = new("--event") { Description = "One event, by its id." };
    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "The name or id of the endpoint to deliver to. Default: every enabled one that wants the event.",
    };

    private readonly Option<bool> _deadLetters = new("--dead-letters") { Description = "All dead letters of that endpoint." };
    private readonly Option<string?> _type = new("--type") { Description = "Event names or patterns, with commas." };
    private readonly Option<string?> _source = new("--source") { Description = "The name of a source." };
    private readonly Option<string?> _since = new("--since") { Description = "Received at this instant or later." };
    private readonly Option<string?> _until = new("--until") { Description = "Received before this instant." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Do not wait until all deliveries are added." };

    public ReplayCommand(TimeProvider timeProvider)
        : base("replay", "Deliver past events again, behind what is pending.")
    {
        _timeProvider = timeProvider;
        foreach (var option in new Option[] { _event, _endpoint, _deadLetters, _type, _source, _since, _until, _noWait, _json })
        {
            Options.Add(option);
        }

        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(List());
        Subcommands.Add(OnOne("show", "Show one replay, and how far it is.", (client, id, cancellationToken) =>
            client.GetAsync($"replays/{id}", cancellationToken)));
        Subcommands.Add(OnOne("stop", "End a replay early; the deliveries that it has added stay.", async (client, id, cancellationToken) =>
            await client.PostAsync($"replays/{id}/stop", null, cancellationToken)));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("what an endpoint missed", "scouthook replay --endpoint crm --dead-letters"),
        ("one event, to one endpoint", "scouthook replay --event 01990f6e-… --endpoint crm"),
        ("a night", "scouthook replay --endpoint crm --since 2026-03-02T00:00:00Z --until 2026-03-02T08:00:00Z"),
        ("how far all are", "scouthook replay list"),
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
            path = $"events/{Ids.Read(stored, "an event")}/replay";
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
                $"{Listing.Text(replay["added"])} deliveries added ({Listing.Text(replay["state"])}) by replay {Listing.Text(replay["id"])}. "
                + "scouthook deliveries shows how they go.");
        }

        return Listing.Text(replay["state"]) == "stopped" ? ExitCode.NotSo : ExitCode.Ok;
    }

    private void Check(ParseResult parseResult)
    {
        var filters = new[] { _type, _source, _since, _until }.Any(it => parseResult.GetValue(it) is not null);
        var (one, dead) = (parseResult.GetValue(_event) is not null, parseResult.GetValue(_deadLetters));
        if ((one ? 1 : 0) + (dead ? 1 : 0) + (filters ? 1 : 0) != 1)
        {
            throw new UsageException(
                "Say which events, in one way: --event; or --endpoint with --dead-letters; or --type, --source, --since and --until.");
        }

        if (dead && parseResult.GetValue(_endpoint) is null)
        {
            throw new UsageException("--dead-letters are those of an endpoint: give --endpoint.");
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

    /// <summary>Shows how far it is. It goes on in the gateway, whether anybody looks or not.</summary>
    private async Task<JsonObject> WaitAsync(ManagementClient client, JsonObject replay, CancellationToken cancellationToken)
    {
        var id = Listing.Text(replay["id"]);
        try
        {
            await Screen.Error.Status().StartAsync("Adding deliveries", async status =>
            {
                while (Listing.Text(replay["state"]) == "running")
                {
                    await Task.Delay(Period, _timeProvider, cancellationToken);
                    replay = (await client.GetAsync($"replays/{id}", cancellationToken)).AsObject();
                    status.Status($"{Share(replay)}: {Listing.Text(replay["added"])} deliveries added");
                }
            });
            return replay;
        }
        catch (Exception problem) when (problem is OperationCanceledException or ManagementException)
        {
            Console.Error.WriteLine($"The replay goes on in the gateway: scouthook replay show {id}, or stop {id}.");
            throw;
        }
    }

    private static string Share(JsonObject replay) =>
        replay["progress"]!.GetValue<double>().ToString("P0", CultureInfo.InvariantCulture);

    private static Command List()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the replays, newest first.");
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            Listing.Write(
                await client.ItemsAsync("replays", cancellationToken),
                parseResult.GetValue(json),
                ("Created", it => Listing.Time(it["createdAt"])),
                ("State", it => Listing.Text(it["state"])),
                ("Progress", it => Share(it)),
                ("Added", it => Listing.Text(it["added"])),
                ("Endpoint", it => names.NameOf(Listing.Text(it["endpointId"]))),
                ("Id", it => Listing.Text(it["id"])));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command OnOne(string verb, string description, Func<ManagementClient, string, CancellationToken, Task<JsonNode>> ask)
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var replay = new Argument<string>("id") { Description = "The replay." };
        var command = new Command(verb, description);
        command.Arguments.Add(replay);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var id = Ids.Read(parseResult.GetRequiredValue(replay), "a replay");
            Listing.Write((await ask(client, id, cancellationToken)).AsObject(), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }
}
