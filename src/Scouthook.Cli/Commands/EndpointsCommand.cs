using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook endpoints</c>: where a gateway delivers to.</summary>
internal sealed class EndpointsCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _endpoint = new("endpoint")
    {
        Description = "One endpoint, by its name or id.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public EndpointsCommand()
        : base("endpoints", "List where a gateway delivers to, show one, or change it.")
    {
        Arguments.Add(_endpoint);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(Create());
        Subcommands.Add(Change());
        Subcommands.Add(OnOne("pause", "Stop delivering to an endpoint; it keeps what it is owed."));
        Subcommands.Add(OnOne("resume", "Deliver to an endpoint again, what waits first; also enables a disabled one."));
        Subcommands.Add(OnOne("retry", "Attempt now what waits at an endpoint, the oldest first."));
        Subcommands.Add(OnOne("test", "Post a test event to an endpoint now."));
        Subcommands.Add(OnOne("rotate-secret", "Make a new secret; the old one signs too for 24 hours.", takesSecret: true));
        Subcommands.Add(OnOne("finish-rotation", "Let the old secret end now.", "rotate-secret/finish"));
        Subcommands.Add(Delete());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a new one", "scouthook endpoints create --name crm --url https://crm.example.com/helpscout --events convo.*,customer.*"),
        ("it has moved", "scouthook endpoints change crm --url https://crm2.example.com/helpscout"),
        ("while it is being mended", "scouthook endpoints pause crm"),
        ("whether it answers", "scouthook endpoints test crm"),
        ("it is fixed: deliver what waits now", "scouthook endpoints retry crm"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var json = parseResult.GetValue(_json);
        if (parseResult.GetValue(_endpoint) is { } one)
        {
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            Listing.Write((await client.GetAsync($"endpoints/{names.IdOf(one)}", cancellationToken)).AsObject(), json);
            return ExitCode.Ok;
        }

        var items = await client.ItemsAsync("endpoints", cancellationToken);
        var counts = json ? [] : (await client.GetAsync("stats?window=24h", cancellationToken))["endpoints"]!.AsArray()
            .ToDictionary(it => Listing.Text(it!["id"]), it => it!.AsObject());
        Listing.Write(
            items,
            json,
            ("Name", it => Listing.Text(it["name"])),
            ("State", it => Listing.Text(it["state"])),
            ("Health", it => Listing.Text(it["health"])),
            ("Failing since", it => Listing.Time(it["failingSince"])),
            ("Pending", it => Listing.Text(Of(it)?["pending"])),
            ("Dead letters", it => Listing.Text(Of(it)?["deadLetters"])),
            ("Failed, 24 h", it => Of(it) is { } made ? $"{made["failed"]} of {made["attempts"]}" : ""),
            ("Events", it => string.Join(", ", it["events"]!.AsArray().Select(Listing.Text))),
            ("Goes to", it => it["url"] is null ? "a handler" : Listing.Text(it["url"])),
            ("Reason", it => Listing.Short(it["stateReason"] ?? it["lastError"])));
        return ExitCode.Ok;

        JsonObject? Of(JsonObject endpoint) => counts.GetValueOrDefault(Listing.Text(endpoint["id"]));
    }

    private static Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var members = new EndpointMembers();
        var secret = new Option<string?>("--secret") { Description = "The secret that the receiver has. Default: one is made." };
        var from = new Option<string?>("--start-from") { Description = "now (the default), beginning, or an instant." };
        var command = new Command("create", "Add an endpoint. The answer shows its secret, once.");
        members.AddTo(command, needsUrl: true);
        command.Options.Add(secret);
        command.Options.Add(from);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var body = members.Read(parseResult);
            foreach (var (member, option) in new[] { ("secret", secret), ("startFrom", from) })
            {
                if (parseResult.GetValue(option) is { } value)
                {
                    body[member] = value;
                }
            }

            Listing.Write(await client.PostAsync("endpoints", body, cancellationToken), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Change()
    {
        var members = new EndpointMembers();
        var json = CommonOptions.Json();
        var command = OnOne("change", "Change an endpoint. What is not given stays as it is.", json, async (client, id, parseResult, cancellationToken) =>
        {
            var body = members.Read(parseResult);
            if (body.Count == 0)
            {
                throw new UsageException("Say what is to be different, such as --url or --events.");
            }

            Listing.Write(await client.PatchAsync($"endpoints/{id}", body, cancellationToken), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        members.AddTo(command, needsUrl: false);
        return command;
    }

    private static Command OnOne(string verb, string description, string? route = null, bool takesSecret = false)
    {
        var json = CommonOptions.Json();
        var secret = new Option<string?>("--secret") { Description = "The new secret. Default: one is made." };
        var command = OnOne(verb, description, json, async (client, id, parseResult, cancellationToken) =>
        {
            var body = takesSecret && parseResult.GetValue(secret) is { } given ? new JsonObject { ["secret"] = given } : null;
            var answer = await client.PostAsync($"endpoints/{id}/{route ?? verb}", body, cancellationToken);
            Listing.Write(answer, parseResult.GetValue(json));

            // A test is asked whether the endpoint answers.
            return answer["outcome"] is { } outcome && Listing.Text(outcome) != "delivered" ? ExitCode.NotSo : ExitCode.Ok;
        });
        if (takesSecret)
        {
            command.Options.Add(secret);
        }

        return command;
    }

    private static Command Delete() => OnOne(
        "delete", "Remove an endpoint. What it is still owed is discarded.", null, async (client, id, _, cancellationToken) =>
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
        var endpoint = new Argument<string>("endpoint") { Description = "Its name or id." };
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
