using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Listening;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook listen</c>: brings the events of a gateway to a URL that it cannot reach.</summary>
internal sealed class ListenCommand : Command, IHasExamples
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<string> _to = new("--forward-to")
    {
        Description = "Where to post each event, such as http://localhost:3000/helpscout.",
        HelpName = "url",
        Required = true,
    };

    private readonly Option<string?> _secret = new("--secret", "-s")
    {
        Description = $"Sign with this secret. Default: the environment variable {CommonOptions.SecretVariable}; without one, the "
            + "signature that Help Scout sent is passed on.",
        HelpName = "text",
    };

    private readonly Option<long?> _after = new("--after")
    {
        Description = "Begin after this message of the stream; 0 is everything that is kept. Default: now.",
    };

    public ListenCommand(TimeProvider timeProvider)
        : base("listen", "Follow a gateway and post each event to a local URL, without missing one.")
    {
        _timeProvider = timeProvider;
        Options.Add(_to);
        Options.Add(_secret);
        Options.Add(_after);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("real events on your laptop", "scouthook listen --api https://hooks.example.com --forward-to http://localhost:3000/helpscout"),
        ("everything that is kept", "scouthook listen --forward-to http://localhost:3000/helpscout --after 0"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(parseResult.GetRequiredValue(_to), UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            throw new UsageException("--forward-to must be an address such as http://localhost:3000/helpscout.");
        }

        using var client = _gateway.Open(parseResult);
        var secret = parseResult.GetValue(_secret) ?? Environment.GetEnvironmentVariable(CommonOptions.SecretVariable);
        using var forwarder = new Forwarder(
            client, target, secret is { Length: > 0 } ? CommonOptions.ToSigningSecret(secret) : null);
        await new Listener(client, forwarder, _timeProvider).RunAsync(parseResult.GetValue(_after), cancellationToken);
        return ExitCode.Ok;
    }
}
