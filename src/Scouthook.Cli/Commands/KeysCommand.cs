using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Services;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook keys</c>: who may use the management API.</summary>
internal sealed class KeysCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<string?> _data = Data();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeysCommand(TimeProvider timeProvider)
        : base("keys", "List, make and revoke keys of the management API.")
    {
        _timeProvider = timeProvider;
        Options.Add(_data);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(ListAsync);
        Subcommands.Add(Create());
        Subcommands.Add(Revoke());
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a key for somebody who only looks", "scouthook keys create --name dashboard --role viewer"),
        ("when the first key is lost: stop the gateway, then", "scouthook keys create --name me --role admin --data ./scouthook-data"),
    ];

    private static Option<string?> Data() => new("--data")
    {
        Description = "The data directory of a gateway that is not running, instead of asking one.",
        HelpName = "directory",
    };

    private async Task<int> ListAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> items;
        if (parseResult.GetValue(_data) is { } directory)
        {
            items = await OfflineKeys.InAsync(directory, _timeProvider, keys => keys.ListAsync(cancellationToken));
        }
        else
        {
            using var client = _gateway.Open(parseResult);
            items = await client.ItemsAsync("keys", cancellationToken);
        }

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

    private Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var data = Data();
        var name = new Option<string>("--name") { Description = "Whose key it is.", Required = true };
        var role = new Option<string>("--role") { Description = "viewer, operator or admin.", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var expires = new Option<string?>("--expires-at") { Description = "The instant from which it is not taken any more, or a date (UTC)." };
        var command = new Command("create", "Make a key. It is shown once; only its hash is kept.");
        foreach (var option in new Option[] { name, role, expires, data, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var body = new JsonObject
            {
                ["name"] = parseResult.GetRequiredValue(name),
                ["role"] = parseResult.GetRequiredValue(role),
                ["expiresAt"] = parseResult.GetValue(expires),
            };
            JsonObject key;
            if (parseResult.GetValue(data) is { } directory)
            {
                var end = CheckOffline(parseResult.GetRequiredValue(name), parseResult.GetValue(expires));
                key = await OfflineKeys.InAsync(directory, _timeProvider, keys => keys.CreateAsync(
                    parseResult.GetRequiredValue(name), parseResult.GetRequiredValue(role), end));
            }
            else
            {
                using var client = gateway.Open(parseResult);
                key = await client.PostAsync("keys", body, cancellationToken);
            }

            Listing.Write(key, parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>What the gateway would refuse must not come in past it.</summary>
    private DateTimeOffset? CheckOffline(string name, string? expires)
    {
        if (!KeyService.IsName(name))
        {
            throw new UsageException($"--name {KeyService.NameRule}");
        }

        if (expires is null)
        {
            return null;
        }

        if (!QueryReader.TryReadInstant(expires, out var end))
        {
            throw new UsageException($"--expires-at {QueryReader.InstantRule}");
        }

        return end > _timeProvider.GetUtcNow() ? end : throw new UsageException("--expires-at must be in the future.");
    }

    private Command Revoke()
    {
        var gateway = new ManagementOptions();
        var data = Data();
        var key = new Argument<string>("id") { Description = "The id of the key." };
        var command = new Command("revoke", "Revoke a key: from now on it is not taken any more.");
        command.Arguments.Add(key);
        command.Options.Add(data);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var id = Ids.ReadWhole(parseResult.GetRequiredValue(key), "a key");
            if (parseResult.GetValue(data) is { } directory)
            {
                switch (await OfflineKeys.InAsync(directory, _timeProvider, keys => keys.RevokeAsync(id)))
                {
                    case KeyOutcome.NotFound:
                        throw new ManagementException("There is no such key. List them with scouthook keys --data.");
                    case KeyOutcome.AlreadyRevoked:
                        throw new ManagementException("The key was already revoked; there is nothing left to do.");
                    default:
                        break;
                }
            }
            else
            {
                using var client = gateway.Open(parseResult);
                await client.DeleteAsync($"keys/{id}", cancellationToken);
            }

            Screen.Out.WriteLine("Revoked.");
            return ExitCode.Ok;
        });
        return command;
    }
}
