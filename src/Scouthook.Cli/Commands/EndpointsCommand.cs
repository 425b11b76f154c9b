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

    public EndpointsCommand()
        : base("endpoints", "List where a gateway delivers to, or change it.")
    {
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(ListAsync);
        Subcommands.Add(Create());
        Subcommands.Add(OnOne("pause", "Stop delivering to an endpoint; it keeps what it is owed."));
        Subcommands.Add(OnOne("resume", "Go on delivering to an endpoint; also enables a disabled one."));
        Subcommands.Add(OnOne("test", "Post a test event to an endpoint now."));
        Subcommands.Add(OnOne("rotate-secret", "Make a new secret; the old one signs too for 24 hours."));
        Subcommands.Add(OnOne("finish-rotation", "Let the old secret end now.", "rotate-secret/finish"));
        Subcommands.Add(Delete());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a new one", "scouthook endpoints create --name crm --url https://crm.example.com/helpscout --events convo.*,customer.*"),
        ("while it is being mended", "scouthook endpoints pause crm"),
        ("whether it answers", "scouthook endpoints test crm"),
    ];

    private async Task<int> ListAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var items = (await client.GetAsync("endpoints", cancellationToken))["items"]!.AsArray().Select(it => it!.AsObject()).ToList();
        var waiting = (await client.GetAsync("stats?window=24h", cancellationToken))["endpoints"]!.AsArray()
            .ToDictionary(it => it!["id"]!.GetValue<string>(), it => it!.AsObject());
        Listing.Write(
            items,
            parseResult.GetValue(_json),
            ("Name", it => Listing.Text(it["name"])),
            ("State", it => Listing.Text(it["state"])),
            ("Pending", it => Listing.Text(waiting.GetValueOrDefault(Listing.Text(it["id"]))?["pending"])),
            ("Dead letters", it => Listing.Text(waiting.GetValueOrDefault(Listing.Text(it["id"]))?["deadLetters"])),
            ("Failed, 24 h", it => Failed(waiting.GetValueOrDefault(Listing.Text(it["id"])))),
            ("Events", it => string.Join(", ", it["events"]!.AsArray().Select(Listing.Text))),
            ("Goes to", it => it["url"] is null ? "a handler" : Listing.Text(it["url"])),
            ("Reason", it => Listing.Short(it["stateReason"])));
        return ExitCode.Ok;
    }

    private static string Failed(JsonObject? counts) =>
        counts is null ? "" : $"{counts["failed"]} of {counts["attempts"]}";

    private static Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var name = new Option<string?>("--name") { Description = "Its name. Default: the host of the address." };
        var url = new Option<string>("--url") { Description = "Where to post to.", Required = true };
        var events = new Option<string?>("--events") { Description = "Event names or patterns, with commas. Default: *." };
        var ordering = new Option<string?>("--ordering") { Description = "resource (the default), strict or none." };
        var secret = new Option<string?>("--secret") { Description = "The secret that the receiver has. Default: one is made." };
        var from = new Option<string?>("--start-from") { Description = "now (the default), beginning, or an instant." };
        var command = new Command("create", "Add an endpoint. The answer shows its secret, once.");
        foreach (var option in new Option[] { name, url, events, ordering, secret, from, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var body = new JsonObject { ["url"] = parseResult.GetRequiredValue(url) };
            Add(body, "name", parseResult.GetValue(name));
            Add(body, "ordering", parseResult.GetValue(ordering));
            Add(body, "secret", parseResult.GetValue(secret));
            Add(body, "startFrom", parseResult.GetValue(from));
            if (parseResult.GetValue(events) is { } patterns)
            {
                body["events"] = new JsonArray([.. patterns
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(pattern => JsonValue.Create(pattern))]);
            }

            Listing.Write((await client.PostAsync("endpoints", body, cancellationToken))!.AsObject(), parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Add(JsonObject body, string member, string? value)
    {
        if (value is not null)
        {
            body[member] = value;
        }
    }

    private static Command OnOne(string verb, string description, string? route = null)
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var endpoint = new Argument<string>("endpoint") { Description = "Its name or id." };
        var command = new Command(verb, description);
        command.Arguments.Add(endpoint);
        command.Options.Add(json);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            var answer = (await client.PostAsync(
                $"endpoints/{names.IdOf(parseResult.GetRequiredValue(endpoint))}/{route ?? verb}", null, cancellationToken))!.AsObject();
            Listing.Write(answer, parseResult.GetValue(json));

            // A test is asked whether the endpoint answers.
            return answer["outcome"] is { } outcome && Listing.Text(outcome) != "delivered" ? ExitCode.NotSo : ExitCode.Ok;
        });
        return command;
    }

    private static Command Delete()
    {
        var gateway = new ManagementOptions();
        var endpoint = new Argument<string>("endpoint") { Description = "Its name or id." };
        var command = new Command("delete", "Remove an endpoint. What it is still owed is discarded.");
        command.Arguments.Add(endpoint);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            var names = await EndpointNames.ReadAsync(client, cancellationToken);
            await client.DeleteAsync($"endpoints/{names.IdOf(parseResult.GetRequiredValue(endpoint))}", cancellationToken);
            Screen.Out.WriteLine("Deleted.");
            return ExitCode.Ok;
        });
        return command;
    }
}
