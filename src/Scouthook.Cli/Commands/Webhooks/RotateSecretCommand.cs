using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Registering;
using Scouthook.Cli.Rotating;
using Scouthook.Registrations.Model;
using Scouthook.Settings;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks rotate-secret</c>.</summary>
internal sealed class RotateSecretCommand : Command, IHasExamples
{
    private const string DefaultOverlap = "48h";

    private readonly TimeProvider _timeProvider;
    private readonly AccountOptions _account = new();
    private readonly ManagementOptions _gateway = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    private readonly Option<string> _overlap = new("--overlap")
    {
        Description = "How long the earlier secrets stay valid. Help Scout may send an event again about a day later, signed with the earlier secret.",
        HelpName = "duration",
        DefaultValueFactory = _ => DefaultOverlap,
    };

    private readonly Option<long[]> _ids = new("--id")
    {
        Description = "The id of a registration to change; may be repeated. Default: every registration that calls the path of the source.",
        HelpName = "id",
    };

    private readonly Option<string?> _secretFile = new("--secret-file")
    {
        Description = "A file with the new secret, to enter it in the configuration too. Default: the gateway generates one, which is never shown.",
        HelpName = "path",
    };

    public RotateSecretCommand(TimeProvider timeProvider)
        : base("rotate-secret", "Replace the secret of a source, in the gateway and in Help Scout, without rejecting an event.")
    {
        _timeProvider = timeProvider;
        Options.Add(_overlap);
        Options.Add(_ids);
        Options.Add(_secretFile);
        _account.AddTo(this);
        _gateway.AddTo(this);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("keep the earlier secret for two days", "scouthook webhooks rotate-secret"),
        ("to a secret that you also enter in the configuration", "scouthook webhooks rotate-secret --secret-file new-secret"),
        ("of another source, for a day", "scouthook webhooks rotate-secret --source acme --overlap 24h"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (!DurationText.TryRead(parseResult.GetRequiredValue(_overlap), out var overlap, out var problem))
        {
            throw new UsageException($"--overlap {problem}");
        }

        return _account.RunAsync(parseResult, async account =>
        {
            using var gateway = _gateway.Open(parseResult);
            var rotated = await new SecretRotation(gateway, account.Client, _timeProvider)
                .RunAsync(account.Source.Name, parseResult.GetValue(_ids) ?? [], overlap, ReadSecret(parseResult), cancellationToken);
            Write(rotated, parseResult.GetValue(_json));
            return ExitCode.Ok;
        });
    }

    /// <exception cref="UsageException">The file cannot be read, or Help Scout does not accept its content.</exception>
    private string? ReadSecret(ParseResult parseResult)
    {
        if (parseResult.GetValue(_secretFile) is not { } file)
        {
            return null;
        }

        var text = SecretOptions.ReadFile(file);
        return text.Trim().Length > 0 && text.Length <= RegistrationRequest.MaxSecretLength
            ? text
            : throw new UsageException($"The secret in {file} must have 1 to {RegistrationRequest.MaxSecretLength} characters.");
    }

    private static void Write(RotatedSecret rotated, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new JsonObject
            {
                ["source"] = rotated.Source,
                ["fingerprint"] = rotated.Fingerprint,
                ["registrations"] = new JsonArray([.. rotated.Webhooks.Select(id => JsonValue.Create(id))]),
                ["ended"] = new JsonArray([.. rotated.Ended.Select(secret => new JsonObject
                {
                    ["fingerprint"] = secret.Fingerprint,
                    ["expiresAt"] = secret.ExpiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                })]),
            });
            return;
        }

        Prose.WriteLine(
            $"Help Scout now signs with the new secret {rotated.Fingerprint} (registrations: {string.Join(", ", rotated.Webhooks)}).");
        foreach (var secret in rotated.Ended)
        {
            Prose.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The earlier secret {secret.Fingerprint} is valid until {secret.ExpiresAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."));
        }

        Prose.WriteLine(
            "The gateway stores the new secret. If an earlier one is in the configuration, you can remove it after that time; until then, "
            + "scouthook webhooks enable, update and apply would send it to Help Scout unless you pass --secret-file.");
    }
}
