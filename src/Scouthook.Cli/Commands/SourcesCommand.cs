using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Registering;
using Scouthook.Cli.Suggesting;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook sources</c>: lists the sources of a gateway, and manages their secrets.</summary>
internal sealed class SourcesCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Argument<string?> _name = new("name") { Description = "Show one source with its secrets.", Arity = ArgumentArity.ZeroOrOne };

    public SourcesCommand(TimeProvider timeProvider)
        : base("sources", "List the sources a gateway receives from, show one, or manage its secrets.")
    {
        _timeProvider = timeProvider;
        Arguments.Add(_name);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(new Command("secrets", "Add or end a secret of a source, without a restart.") { Add(), End() });
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("when each source last received an event", "scouthook sources"),
        ("the secrets of one source", "scouthook sources default"),
        ("also accept a secret that you are about to enter in Help Scout", "scouthook sources secrets add default --secret-file new-secret"),
        ("end the old one in two days", "scouthook sources secrets end default 1a2b3c4d --at 48h"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        using var client = _gateway.Open(parseResult);
        var sources = await client.ItemsAsync("sources", cancellationToken);
        var now = _timeProvider.GetUtcNow();
        if (parseResult.GetValue(_name) is not { } name)
        {
            ResultWriter.Write(sources, parseResult.GetValue(_json), [.. SourceSheet.Columns(now)]);
            return ExitCode.Ok;
        }

        var names = sources.Select(source => ItemText.Of(source["name"])).ToList();
        var one = sources.FirstOrDefault(source => ItemText.Of(source["name"]).Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ManagementException(
                $"There is no source {name}. "
                + (NearestNames.Of(name, names, 1) is [var near] ? $"Did you mean {near}? " : "")
                + $"Existing sources: {string.Join(", ", names)}.");
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(one);
        }
        else
        {
            SourceSheet.Write(one, now);
        }

        return ExitCode.Ok;
    }

    private Command Add()
    {
        var (gateway, json, name) = (new ManagementOptions(), CommonOptions.Json(), SourceName());
        var secret = new Option<string?>("--secret", "-s") { Description = "The secret as entered in Help Scout, which allows 40 characters. Default: generate one, shown only once.", HelpName = "text" };
        var file = new Option<string?>("--secret-file") { Description = "A file with the secret.", HelpName = "path" };
        var expires = new Option<string?>("--expires-at") { Description = $"When the secret ends: {TimeOption.FutureForms}. Default: never.", HelpName = "time" };
        var command = new Command("add", "Add a secret. It is the current one from then on; the others stay valid until they end.");
        command.Arguments.Add(name);
        foreach (var option in new Option[] { secret, file, expires, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var body = new JsonObject { ["expiresAt"] = TimeOption.ReadFuture(parseResult, expires, _timeProvider.GetUtcNow()) };
            if ((parseResult.GetValue(secret), parseResult.GetValue(file)) is (not null, not null))
            {
                throw new UsageException("Use either --secret or --secret-file, not both.");
            }

            if ((parseResult.GetValue(file) is { } path ? SecretOptions.ReadFile(path) : parseResult.GetValue(secret)) is { } given)
            {
                body["secret"] = given;
            }

            using var client = gateway.Open(parseResult);
            var source = parseResult.GetRequiredValue(name);
            var added = await client.PostAsync($"sources/{Uri.EscapeDataString(source)}/secrets", body, cancellationToken);
            ResultWriter.Write(added, parseResult.GetValue(json));
            if (!parseResult.GetValue(json))
            {
                Console.Out.WriteLine();
                Prose.WriteLine("Enter it in Help Scout now. To end the earlier secret after that, run");
                Prose.WriteLine($"scouthook sources secrets end {ThisTool.Argument(source)} FINGERPRINT --at 48h");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private Command End()
    {
        var (gateway, json, name) = (new ManagementOptions(), CommonOptions.Json(), SourceName());
        var fingerprint = new Argument<string>("fingerprint") { Description = "The fingerprint of the secret." };
        var at = new Option<string?>("--at") { Description = $"When it ends: {TimeOption.FutureForms}. Default: now.", HelpName = "time" };
        var never = new Option<bool>("--never") { Description = "Remove an end that was set before." };
        var command = new Command("end", "End a secret, now or later. The last valid secret of a source cannot be ended.");
        command.Arguments.Add(name);
        command.Arguments.Add(fingerprint);
        foreach (var option in new Option[] { at, never, json })
        {
            command.Options.Add(option);
        }

        gateway.AddTo(command);
        command.SetAction(async (parseResult, cancellationToken) =>
        {
            var now = _timeProvider.GetUtcNow();
            var end = TimeOption.ReadFuture(parseResult, at, now);
            if (end is not null && parseResult.GetValue(never))
            {
                throw new UsageException("Use either --at or --never, not both.");
            }

            using var client = gateway.Open(parseResult);
            var path = $"sources/{Uri.EscapeDataString(parseResult.GetRequiredValue(name))}/secrets/{Uri.EscapeDataString(parseResult.GetRequiredValue(fingerprint))}";
            var ended = await PatchAsync(
                client,
                path,
                new JsonObject { ["expiresAt"] = parseResult.GetValue(never) ? null : end ?? now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) },
                cancellationToken);
            if (parseResult.GetValue(json))
            {
                JsonOutput.Write(ended);
            }
            else
            {
                Prose.WriteLine($"Secret {ItemText.Of(ended["fingerprint"])} {SourceSheet.Outcome(ended, _timeProvider.GetUtcNow())}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Changes the end of a secret. What the API says about routes and members is said about commands and options.</summary>
    private static async Task<JsonObject> PatchAsync(ManagementClient client, string path, JsonObject body, CancellationToken cancellationToken)
    {
        const string member = "--expires-at";
        try
        {
            return await client.PatchAsync(path, body, cancellationToken);
        }
        catch (ManagementException exception) when (exception.Status is HttpStatusCode.NotFound)
        {
            throw new ManagementException("There is no such source or secret. To list the sources and the fingerprints of their secrets, run scouthook sources.", exception.Status);
        }
        catch (CommandFailedException exception) when (exception.Message.StartsWith(member, StringComparison.Ordinal))
        {
            throw new CommandFailedException("--at" + exception.Message[member.Length..]);
        }
        catch (UsageException exception) when (exception.Message.StartsWith(member, StringComparison.Ordinal))
        {
            throw new UsageException("--at" + exception.Message[member.Length..]);
        }
    }

    private static Argument<string> SourceName() => new("name") { Description = "The name of the source." };
}
