using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook keys</c>: who may use the management API.</summary>
internal sealed class KeysCommand : Command, IHasExamples
{
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeysCommand(TimeProvider timeProvider)
        : base("keys", "List, make and revoke keys of the management API.")
    {
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(ListAsync);
        Subcommands.Add(Create(timeProvider));
        Subcommands.Add(Revoke());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a key for somebody who only looks", "scouthook keys create --name dashboard --role viewer"),
        ("when the first key is lost: stop the gateway, then", "scouthook keys create --name me --role admin --data ./scouthook-data"),
    ];

    private async Task<int> ListAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var items = (await client.GetAsync("keys", cancellationToken))["items"]!.AsArray().Select(it => it!.AsObject()).ToList();
        Listing.Write(
            items,
            parseResult.GetValue(_json),
            ("Name", it => Listing.Text(it["name"])),
            ("Role", it => Listing.Text(it["role"])),
            ("Created", it => Listing.Time(it["createdAt"])),
            ("Expires", it => Listing.Time(it["expiresAt"])),
            ("Revoked", it => Listing.Time(it["revokedAt"])),
            ("Id", it => Listing.Text(it["id"])));
        return ExitCode.Ok;
    }

    private static Command Create(TimeProvider timeProvider)
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var name = new Option<string>("--name") { Description = "Whose key it is.", Required = true };
        var role = new Option<string>("--role") { Description = "viewer, operator or admin.", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var expires = new Option<DateTimeOffset?>("--expires-at") { Description = "The instant from which it is not taken any more." };
        var data = new Option<string?>("--data")
        {
            Description = "The data directory of a gateway that is not running, instead of asking one.",
            HelpName = "directory",
        };
        var command = new Command("create", "Make a key. It is shown once; only its hash is kept.");
        foreach (var option in new Option[] { name, role, expires, data, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var expiresAt = parseResult.GetValue(expires);
            JsonObject key;
            if (parseResult.GetValue(data) is { } directory)
            {
                key = await OfflineKeys.CreateAsync(
                    directory, parseResult.GetRequiredValue(name), parseResult.GetRequiredValue(role), expiresAt, timeProvider);
            }
            else
            {
                using var client = gateway.Open(parseResult);
                var body = new JsonObject
                {
                    ["name"] = parseResult.GetRequiredValue(name),
                    ["role"] = parseResult.GetRequiredValue(role),
                };
                if (expiresAt is { } end)
                {
                    body["expiresAt"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
                }

                key = (await client.PostAsync("keys", body, cancellationToken))!.AsObject();
            }

            Listing.Write(key, parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Revoke()
    {
        var gateway = new ManagementOptions();
        var id = new Argument<string>("id") { Description = "The id of the key." };
        var command = new Command("revoke", "Revoke a key: from now on it is not taken any more.");
        command.Arguments.Add(id);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            using var client = gateway.Open(parseResult);
            await client.DeleteAsync($"keys/{Uri.EscapeDataString(parseResult.GetRequiredValue(id))}", cancellationToken);
            Screen.Out.WriteLine("Revoked.");
            return ExitCode.Ok;
        });
        return command;
    }
}
