using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook endpoints</c>: lists and manages the endpoints of a gateway.</summary>
internal sealed class EndpointsCommand : Command, IHasExamples
{
    /// <summary>Pending deliveries are counted up to this number.</summary>
    private const int MaxCounted = 1000;

    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _endpoint = EndpointOption.Argument<string?>("Show one endpoint, by name or id.");

    public EndpointsCommand(TimeProvider timeProvider)
        : base("endpoints", "List, show and manage the endpoints a gateway delivers events to.")
    {
        _timeProvider = timeProvider;
        _endpoint.Arity = ArgumentArity.ZeroOrOne;
        Arguments.Add(_endpoint);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(Create());
        Subcommands.Add(Change());
        Subcommands.Add(OnOne("pause", "Pause an endpoint. Its deliveries stay pending."));
        Subcommands.Add(OnOne("resume", "Resume a paused endpoint, or enable a disabled one. Pending deliveries go first."));
        Subcommands.Add(Retry());
        Subcommands.Add(OnOne("test", "Send a test event to an endpoint now. Exits with 1 unless it responds with 2xx."));
        Subcommands.Add(OnOne("rotate-secret", "Rotate the secret of an endpoint. The old one also signs for 24 hours.", takesSecret: true));
        Subcommands.Add(OnOne("finish-rotation", "Stop signing with the old secret now.", "rotate-secret/finish"));
        Subcommands.Add(Delete());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("add an endpoint", "scouthook endpoints create --name crm --url https://crm.example.com/helpscout --events 'convo.*,customer.*'"),
        ("change its URL", "scouthook endpoints change crm --url https://crm2.example.com/helpscout"),
        ("pause it for maintenance", "scouthook endpoints pause crm"),
        ("check that it responds", "scouthook endpoints test crm"),
        ("once it is fixed, deliver everything pending now", "scouthook endpoints retry crm"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_endpoint) is { } one)
        {
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            var endpoint = (await client.GetAsync($"endpoints/{names.IdOf(one)}", cancellationToken)).AsObject();
            if (json)
            {
                JsonOutput.Write(endpoint);
            }
            else
            {
                EndpointSheet.Write(endpoint, _timeProvider.GetUtcNow());
            }

            return ExitCode.Ok;
        }

        var items = await client.ItemsAsync("endpoints", cancellationToken);
        var counts = json ? [] : (await client.GetAsync("stats?window=24h", cancellationToken))["endpoints"]!.AsArray()
            .ToDictionary(count => ItemText.Of(count!["id"]), count => count!.AsObject());
        ResultWriter.Write(
            items,
            json,
            ItemColumns.Text("Name", "name") with { MinWidth = 12, GoodWidth = 24 },
            ItemColumns.Text("State", "state") with { Brief = endpoint => ItemText.Of(endpoint["state"]) is var state && state == "enabled" ? "" : state, Colour = endpoint => StateColours.Of(ItemText.Of(endpoint["state"])) },
            ItemColumns.Text("Health", "health") with { Colour = endpoint => StateColours.Of(ItemText.Of(endpoint["health"])) },
            ItemColumns.Time("Failing since", "failingSince") with { Rank = 4 },
            new Column("Pending", endpoint => ItemText.Of(Of(endpoint)?["pending"])) { IsNumber = true },
            new Column("Dead letters", endpoint => ItemText.Of(Of(endpoint)?["deadLetters"]))
            {
                IsNumber = true,
                Narrow = endpoint => ItemText.Of(Of(endpoint)?["deadLetters"]),
                NarrowTitle = "Dead",
            },
            new Column("Failed, 24 h", endpoint => Of(endpoint) is { } count ? $"{count["failed"]} of {count["attempts"]}" : "") { IsNumber = true, Rank = 3 },
            new Column("Events", endpoint => string.Join(", ", endpoint["events"]!.AsArray().Select(ItemText.Of))) { MinWidth = 12, GoodWidth = 20, Rank = 6 },
            new Column("URL", endpoint => endpoint["url"] is null ? "(handler)" : ItemText.Of(endpoint["url"])) { MinWidth = 16, GoodWidth = 30, Rank = 5 },
            DeliverySheet.Reason with { Brief = endpoint => DeliverySheet.Cause(endpoint["stateReason"] ?? endpoint["lastError"]), Rank = 2, GoodWidth = 16 });
        return ExitCode.Ok;

        JsonObject? Of(JsonObject endpoint) => counts.GetValueOrDefault(ItemText.Of(endpoint["id"]));
    }

    private Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var members = new EndpointMembers(isNew: true);
        var secret = new Option<string?>("--secret") { Description = "The secret of an existing receiver. Default: generate one.", HelpName = "text" };
        var from = new Option<string?>("--start-from") { Description = "Where to start: now (default), beginning, or a timestamp.", HelpName = "time" };
        var command = new Command("create", "Add an endpoint. Its secret is shown only once.");
        members.AddTo(command);
        command.Options.Add(secret);
        command.Options.Add(from);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var body = members.Read(parseResult);
            if (parseResult.GetValue(secret) is { } given)
            {
                body["secret"] = given;
            }

            if (parseResult.GetValue(from) is { } start)
            {
                body["startFrom"] = start is "now" or "beginning" ? start : TimeOption.ReadPast(parseResult, from, _timeProvider.GetUtcNow());
            }

            var created = await client.PostAsync("endpoints", body, cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(created);
            }
            else
            {
                EndpointSheet.WriteMembers(created, _timeProvider.GetUtcNow());
                Console.Out.WriteLine();
                Console.Out.WriteLine("The secret is not shown again. To check the endpoint, run");
                Console.Out.WriteLine($"scouthook endpoints test {ThisTool.Argument(ItemText.Of(created["name"]))}");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private Command Change()
    {
        var members = new EndpointMembers(isNew: false);
        var json = CommonOptions.Json();
        var command = OnOne("change", "Change an endpoint. Options that you omit stay unchanged.", json, async (client, id, parseResult, cancellationToken) =>
        {
            var body = members.Read(parseResult);
            if (body.Count == 0)
            {
                throw new UsageException("Nothing to change. Pass at least one option, such as --url or --events.");
            }

            var changed = await client.PatchAsync($"endpoints/{id}", body, cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(changed);
            }
            else
            {
                EndpointSheet.WriteMembers(changed, _timeProvider.GetUtcNow());
            }

            return ExitCode.Ok;
        });
        members.AddTo(command);
        return command;
    }

    private static Command OnOne(string verb, string description, string? route = null, bool takesSecret = false)
    {
        var json = CommonOptions.Json();
        var secret = new Option<string?>("--secret") { Description = "The new secret. Default: generate one.", HelpName = "text" };
        var command = OnOne(verb, description, json, async (client, id, parseResult, cancellationToken) =>
        {
            var body = takesSecret && parseResult.GetValue(secret) is { } given ? new JsonObject { ["secret"] = given } : null;
            var answer = await client.PostAsync($"endpoints/{id}/{route ?? verb}", body, cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(answer);
            }
            else
            {
                EndpointSheet.WriteChange(answer, verb);
            }

            // A test fails unless the endpoint accepted the event.
            return answer["outcome"] is { } outcome && ItemText.Of(outcome) != "delivered" ? ExitCode.Failed : ExitCode.Ok;
        });
        if (takesSecret)
        {
            command.Options.Add(secret);
        }

        return command;
    }

    private static Command Retry()
    {
        var json = CommonOptions.Json();
        return OnOne("retry", "Attempt all pending deliveries of an endpoint now, oldest first.", json, async (client, id, parseResult, cancellationToken) =>
        {
            var pending = parseResult.GetValue(json)
                ? 0
                : await client.ListAsync($"deliveries?endpoint={id}&state=pending", MaxCounted + 1, cancellationToken).CountAsync(cancellationToken);
            var endpoint = await client.PostAsync($"endpoints/{id}/retry", null, cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(endpoint);
            }
            else
            {
                Prose.WriteLine(pending switch
                {
                    0 => "There are no pending deliveries. To deliver dead letters again, run\n"
                        + $"scouthook replay --endpoint {ThisTool.Argument(ItemText.Of(endpoint["name"]))} --dead-letters",
                    1 => "1 pending delivery is due now.",
                    <= MaxCounted => $"{pending} pending deliveries are due now, oldest first.",
                    _ => $"More than {MaxCounted} pending deliveries are due now, oldest first.",
                });
            }

            return ExitCode.Ok;
        });
    }

    private static Command Delete() => OnOne(
        "delete", "Delete an endpoint and discard its pending deliveries.", null, async (client, id, _, cancellationToken) =>
        {
            await client.DeleteAsync($"endpoints/{id}", cancellationToken);
            Screen.Out.WriteLine("Deleted.");
            return ExitCode.Ok;
        });

    private static Command OnOne(
        string verb,
        string description,
        Option<bool>? json,
        Func<ManagementClient, string, ParseResult, CancellationToken, Task<int>> act)
    {
        var gateway = new ManagementOptions();
        var endpoint = EndpointOption.Argument<string>("The name or id of the endpoint.");
        var command = new Command(verb, description);
        command.Arguments.Add(endpoint);
        if (json is not null)
        {
            command.Options.Add(json);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            return await act(client, names.IdOf(parseResult.GetRequiredValue(endpoint)), parseResult, cancellationToken);
        });
        return command;
    }
}
