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
        Subcommands.Add(Stop());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("what an endpoint missed", "scouthook replay --endpoint crm --dead-letters"),
        ("one event, to one endpoint", "scouthook replay --event 01990f6e-… --endpoint crm"),
        ("how far those are that run", "scouthook replay list"),
        ("a night", "scouthook replay --endpoint crm --since 2026-03-02T00:00:00Z --until 2026-03-02T08:00:00Z"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var body = new JsonObject();
        if (parseResult.GetValue(_endpoint) is { } endpoint)
        {
            body["endpointId"] = (await EndpointNames.ReadAsync(client, cancellationToken)).IdOf(endpoint);
        }

        var path = "replays";
        if (parseResult.GetValue(_event) is { } stored)
        {
            path = $"events/{Uri.EscapeDataString(stored)}/replay";
        }
        else
        {
            Fill(parseResult, body);
        }

        var replay = (await client.PostAsync(path, body, cancellationToken))!.AsObject();
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
                $"{Listing.Text(replay["added"])} deliveries added ({Listing.Text(replay["state"])}). scouthook deliveries shows how they go.");
        }

        return ExitCode.Ok;
    }

    private static Command List()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the newest replays, and how far they are.");
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var items = (await client.GetAsync("replays", cancellationToken))["items"]!.AsArray().Select(it => it!.AsObject()).ToList();
            Listing.Write(
                items,
                parseResult.GetValue(json),
                ("Created", it => Listing.Time(it["createdAt"])),
                ("State", it => Listing.Text(it["state"])),
                ("Progress", it => it["progress"]!.GetValue<double>().ToString("P0", CultureInfo.InvariantCulture)),
                ("Added", it => Listing.Text(it["added"])),
                ("Id", it => Listing.Text(it["id"])));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Stop()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var id = new Argument<string>("id") { Description = "The replay." };
        var command = new Command("stop", "End a replay early; what it has added is delivered.");
        command.Arguments.Add(id);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var path = $"replays/{Uri.EscapeDataString(parseResult.GetRequiredValue(id))}/stop";
            Listing.Write((await client.PostAsync(path, null, cancellationToken))!.AsObject(), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    private void Fill(ParseResult parseResult, JsonObject body)
    {
        if (parseResult.GetValue(_deadLetters))
        {
            body["deadLetters"] = true;
        }

        if (parseResult.GetValue(_type) is { } types)
        {
            body["types"] = new JsonArray([.. types
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(type => JsonValue.Create(type))]);
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
        await Screen.Error.Status().StartAsync("Adding deliveries", async status =>
        {
            while (Listing.Text(replay["state"]) == "running")
            {
                await Task.Delay(Period, _timeProvider, cancellationToken);
                replay = (await client.GetAsync($"replays/{id}", cancellationToken)).AsObject();
                status.Status(string.Create(CultureInfo.InvariantCulture, $"{replay["progress"]!.GetValue<double>():P0}: {Listing.Text(replay["added"])} deliveries added"));
            }
        });
        return replay;
    }
}
