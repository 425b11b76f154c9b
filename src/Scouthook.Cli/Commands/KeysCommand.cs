using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
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
            ItemColumns.Text("Name", "name") with { MinWidth = 10 },
            ItemColumns.Text("Role", "role"),
            ItemColumns.Text("Origin", "origin"),
            ItemColumns.Time("Created", "createdAt") with { Rank = 1 },
            ItemColumns.Time("Expires", "expiresAt"),
            ItemColumns.Time("Revoked", "revokedAt"),
            ItemColumns.Id);
        return ExitCode.Ok;
    }

    private Command Create()
    {
        var gateway = new ManagementOptions();
        var json = CommonOptions.Json();
        var data = Data();
        var name = new Option<string>("--name") { Description = "A name for the key, such as its user.", Required = true, HelpName = "name" };
        var role = new Option<string>("--role") { Description = "viewer (read only, no bodies), operator (bodies, retry, replay, pause) or admin (everything).", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var expires = new Option<string?>("--expires-at") { Description = $"When the key expires: {TimeOption.FutureForms}. Default: never.", HelpName = "time" };
        var command = new Command("create", "Create an API key. It is shown only once.");
        foreach (var option in new Option[] { name, role, expires, data, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var expiresAt = TimeOption.ReadFuture(parseResult, expires, _timeProvider.GetUtcNow());
            var body = new JsonObject
            {
                ["name"] = parseResult.GetRequiredValue(name),
                ["role"] = parseResult.GetRequiredValue(role),
                ["expiresAt"] = expiresAt,
            };
            JsonObject key;
            IReadOnlyList<JsonObject> others = [];
            if (parseResult.GetValue(data) is { } directory)
            {
                var end = CheckOffline(parseResult.GetRequiredValue(name), expiresAt);
                (others, key) = await OfflineKeys.InAsync(directory, _timeProvider, async keys => (
                    await keys.ListAsync(cancellationToken),
                    await keys.CreateAsync(parseResult.GetRequiredValue(name), parseResult.GetRequiredValue(role), end)));
            }
            else
            {
                using var client = gateway.Open(parseResult);
                key = await client.PostAsync("keys", body, cancellationToken);
            }

            ResultWriter.Write(key, parseResult.GetValue(json));
            if (!parseResult.GetValue(json))
            {
                Console.Out.WriteLine("The key is not shown again.");
            }

            if (parseResult.GetValue(data) is { } stopped)
            {
                NoteWhatStaysValid(others, stopped);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A lost key may be in the wrong hands: creating another one does not end it.</summary>
    private void NoteWhatStaysValid(IReadOnlyList<JsonObject> keys, string directory)
    {
        var valid = keys
            .Where(key => key["revokedAt"] is null && !(ItemText.Instant(key["expiresAt"]) <= _timeProvider.GetUtcNow()))
            .Select(key => $"{Environment.NewLine}  {ItemText.IdEnding(key["id"])}  {ItemText.Of(key["name"])} ({ItemText.Of(key["role"])})")
            .ToList();
        StandardOutput.TryWriteError(valid.Count == 0
            ? "No other stored key is valid."
            : $"{ItemText.Count(valid.Count, "other key is", "other keys are")} still valid:{string.Concat(valid)}{Environment.NewLine}"
                + $"If one is lost or leaked, revoke it: scouthook keys revoke ID --data {ThisTool.Argument(directory)}");
        StandardOutput.TryWriteError("A key set as Scouthook:Gateway:AdminKey is not listed here and stays valid too, as do the secrets of endpoints and sources.");
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
        var key = new Argument<string>("id") { Description = "The id of the key, or its last eight digits." };
        var command = new Command("revoke", "Revoke an API key, effective immediately.");
        command.Arguments.Add(key);
        command.Options.Add(data);
        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var text = parseResult.GetRequiredValue(key);
            if (parseResult.GetValue(data) is { } directory)
            {
                var outcome = await OfflineKeys.InAsync(directory, _timeProvider, async keys =>
                    Find(text, await keys.ListAsync(cancellationToken)) is { } id ? await keys.RevokeAsync(id) : KeyOutcome.NotFound);
                if (outcome is not KeyOutcome.Done)
                {
                    throw new ManagementException(Describe(outcome));
                }
            }
            else
            {
                using var client = gateway.Open(parseResult);
                var id = IdArgument.Read(text, "a key");
                if (!IdArgument.IsWhole(id))
                {
                    id = Find(text, await client.ItemsAsync("keys", cancellationToken)) ?? throw new ManagementException(Describe(KeyOutcome.NotFound));
                }

                await client.DeleteAsync($"keys/{id}", cancellationToken);
            }

            Screen.Out.WriteLine("Revoked.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static string? Find(string text, IReadOnlyList<JsonObject> keys) =>
        IdArgument.Find(text, "a key", keys.Select(key => ItemText.Of(key["id"])));

    private static string Describe(KeyOutcome outcome) => outcome switch
    {
        KeyOutcome.AlreadyRevoked => "The key is already revoked.",
        KeyOutcome.LastAdmin => "It is the only valid key with the role admin. Create another one first.",
        KeyOutcome.NotStored => "The file of the key in the data directory cannot be written, so the key is still valid.",
        _ => "There is no such key. To list the keys, run scouthook keys.",
    };
}
