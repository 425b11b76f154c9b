using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Services;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook keys</c>: manages the API keys.</summary>
internal sealed class KeysCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<string?> _data = Data();
    private readonly Option<bool> _json = CommonOptions.Json();

    public KeysCommand(TimeProvider timeProvider)
        : base("keys", "List, create and revoke API keys.")
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
        ("a read-only key", "scouthook keys create --name dashboard --role viewer"),
        ("if every key is lost: stop the gateway, then run", "scouthook keys create --name me --role admin --data ./scouthook-data"),
    ];

    private static Option<string?> Data() => new("--data")
    {
        Description = "Use the data directory of a stopped gateway instead of the API.",
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

        ResultWriter.Write(
            items,
            parseResult.GetValue(_json),
            ("Name", key => ResultWriter.Text(key["name"])),
            ("Role", key => ResultWriter.Text(key["role"])),
            ("Created", key => ResultWriter.Time(key["createdAt"])),
            ("Expires", key => ResultWriter.Time(key["expiresAt"])),
            ("Revoked", key => ResultWriter.Time(key["revokedAt"])),
            ("Id", key => ResultWriter.Text(key["id"])));
        return ExitCode.Ok;
    }

    private Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var data = Data();
        var name = new Option<string>("--name") { Description = "A name for the key, such as its user.", Required = true };
        var role = new Option<string>("--role") { Description = "viewer (read only, no bodies), operator (bodies, retry, replay, pause) or admin (everything).", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var expires = new Option<string?>("--expires-at") { Description = "When the key expires: a timestamp such as 2026-03-02T08:00:00Z, or a date (UTC). Default: never." };
        var command = new Command("create", "Create an API key. It is shown only once.");
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

            ResultWriter.Write(key, parseResult.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Applies the checks of the API, which an offline change bypasses.</summary>
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
        var command = new Command("revoke", "Revoke an API key, effective immediately.");
        command.Arguments.Add(key);
        command.Options.Add(data);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var id = IdArgument.ReadWhole(parseResult.GetRequiredValue(key), "a key");
            if (parseResult.GetValue(data) is { } directory)
            {
                switch (await OfflineKeys.InAsync(directory, _timeProvider, keys => keys.RevokeAsync(id)))
                {
                    case KeyOutcome.NotFound:
                        throw new ManagementException("There is no such key. To list the keys, run scouthook keys --data DIR.");
                    case KeyOutcome.AlreadyRevoked:
                        throw new ManagementException("The key is already revoked.");
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
