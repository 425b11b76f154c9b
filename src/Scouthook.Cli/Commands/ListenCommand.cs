using System.CommandLine;
using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Listening;
using Scouthook.Cli.Managing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook listen</c>: forwards the events of a gateway to a URL that the gateway cannot reach.</summary>
internal sealed class ListenCommand : Command, IHasExamples, IRunsUntilStopped
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly Option<string> _to = new("--forward-to")
    {
        Description = "The URL to post each event to, such as http://localhost:3000/helpscout.",
        HelpName = "url",
        Required = true,
    };

    private readonly Option<string?> _secret = new("--secret", "-s")
    {
        Description = $"Sign with this secret. Default: the environment variable {CommonOptions.SecretVariable}; if that is not set, Help Scout's "
            + "signature is forwarded.",
        HelpName = "text",
    };

    private readonly StreamOptions _stream = new();

    public ListenCommand(TimeProvider timeProvider)
        : base("listen", "Forward each event of a gateway to a local URL, without missing any.")
    {
        _timeProvider = timeProvider;
        Options.Add(_to);
        Options.Add(_secret);
        _stream.AddTo(this);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("real events on your laptop", "scouthook listen --api https://hooks.example.com --forward-to http://localhost:3000/helpscout"),
        ("everything that is stored", "scouthook listen --forward-to http://localhost:3000/helpscout --after 0"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(parseResult.GetRequiredValue(_to), UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            throw new UsageException("--forward-to must be a URL such as http://localhost:3000/helpscout.");
        }

        var (after, silence) = _stream.Read(parseResult);
        using var client = _gateway.Open(parseResult);
        using var receiver = new LocalReceiver(target);
        var secret = parseResult.GetValue(_secret) ?? Environment.GetEnvironmentVariable(CommonOptions.SecretVariable);
        var forwarder = new Forwarder(
            client, receiver, secret is { Length: > 0 } ? CommonOptions.ToSigningSecret(secret) : null, silence, _timeProvider, Say);
        var listener = new Listener(client, forwarder, silence, _timeProvider, Say);
        Say($"Forwarding to {target}. Press Ctrl-C to stop.");
        Say(LocalTime.Note(_timeProvider));
        await listener.RunAsync(after, cancellationToken);
        Say(listener.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"Stopped. Resume with --after {place}.")
            : "Stopped.");
        return ExitCode.Ok;
    }

    /// <summary>Writes a line, and ignores a closed terminal: events are forwarded either way.</summary>
    private void Say(string text) => StandardOutput.TryWriteLine(Prose.OnScreen($"{LocalTime.Now(_timeProvider)}  {text}", LocalTime.Column));
}
