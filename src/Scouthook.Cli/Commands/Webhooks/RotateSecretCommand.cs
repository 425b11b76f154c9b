using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Registering;
using Scouthook.Cli.Rotating;
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

    public RotateSecretCommand(TimeProvider timeProvider)
        : base("rotate-secret", "Replace the secret of a source, in the gateway and in Help Scout, without rejecting an event.")
    {
        _timeProvider = timeProvider;
        Options.Add(_overlap);
        Options.Add(_ids);
        _account.AddTo(this);
        _gateway.AddTo(this);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("keep the earlier secret for two days", "scouthook webhooks rotate-secret"),
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
                .RunAsync(account.Source.Name, parseResult.GetValue(_ids) ?? [], overlap, cancellationToken);
            Write(rotated, parseResult.GetValue(_json));
            return ExitCode.Ok;
        });
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

        Console.Out.WriteLine(
            $"Help Scout now signs with the new secret {rotated.Fingerprint} (registrations: {string.Join(", ", rotated.Webhooks)}).");
        foreach (var secret in rotated.Ended)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The earlier secret {secret.Fingerprint} is valid until {secret.ExpiresAt?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."));
        }

        Console.Out.WriteLine("The gateway stores the new secret. If an earlier one is in the configuration, you can remove it after that time.");
    }
}
