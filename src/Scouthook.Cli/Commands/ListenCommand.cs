using System.CommandLine;
using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Listening;
using Scouthook.Cli.Managing;
using Scouthook.Settings;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook listen</c>: brings the events of a gateway to a URL that it cannot reach.</summary>
internal sealed class ListenCommand : Command, IHasExamples, IRunsUntilStopped
{
    private static readonly TimeSpan UsualSilence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostSilence = TimeSpan.FromHours(1);

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

    private readonly Option<string?> _silence = new("--silence")
    {
        Description = "For how long nothing may come from the gateway, which is asked to say something three times within it, before "
            + "listen connects again. Default: 40s.",
        HelpName = "duration",
    };

    public ListenCommand(TimeProvider timeProvider)
        : base("listen", "Follow a gateway and post each event to a local URL, without missing one.")
    {
        _timeProvider = timeProvider;
        Options.Add(_to);
        Options.Add(_secret);
        Options.Add(_after);
        Options.Add(_silence);
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

        var after = parseResult.GetValue(_after);
        if (after < 0)
        {
            throw new UsageException("--after must be the id of a message of the stream, or 0 for everything that is kept.");
        }

        using var client = _gateway.Open(parseResult);
        using var receiver = new LocalReceiver(target);
        var silence = ReadSilence(parseResult);
        var secret = parseResult.GetValue(_secret) ?? Environment.GetEnvironmentVariable(CommonOptions.SecretVariable);
        var forwarder = new Forwarder(
            client, receiver, secret is { Length: > 0 } ? CommonOptions.ToSigningSecret(secret) : null, silence, _timeProvider, Say);
        var listener = new Listener(client, forwarder, silence, _timeProvider, Say);
        await listener.RunAsync(after, cancellationToken);
        Say(listener.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"stopped; --after {place} goes on from here")
            : "stopped");
        return ExitCode.Ok;
    }

    private TimeSpan ReadSilence(ParseResult parseResult)
    {
        if (parseResult.GetValue(_silence) is not { } text)
        {
            return UsualSilence;
        }

        if (!DurationText.TryRead(text, out var silence, out var problem))
        {
            throw new UsageException($"--silence {problem}");
        }

        return silence >= LeastSilence && silence <= MostSilence ? silence : throw new UsageException("--silence must be 3s to 1h.");
    }

    /// <summary>Events are forwarded whether or not the terminal is still there.</summary>
    private void Say(string text) => StandardOutput.TryWriteLine(
        $"{_timeProvider.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {text}");
}
