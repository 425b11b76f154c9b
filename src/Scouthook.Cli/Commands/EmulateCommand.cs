using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Threading.Channels;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Emulating;
using Scouthook.Testing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook emulate</c>: runs a local Help Scout.</summary>
internal sealed class EmulateCommand : Command, IHasExamples, IRunsUntilStopped
{
    private const string DefaultUrls = "http://127.0.0.1:5010";
    private const string DefaultCredential = "scouthook";
    private const int MaxBacklog = 10_000;

    private readonly TimeProvider _timeProvider;

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "The http addresses to listen on, separated by semicolons. Port 0 is a free port.",
        HelpName = "urls",
        DefaultValueFactory = _ => DefaultUrls,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The starting point of ids, texts and disturbances: the same seed and actions, the same events.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> _rate = new("--rate", "-r")
    {
        Description = "Events per second that happen by themselves, at most 1000. With 0, only what you do happens.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> _chaos = new("--chaos")
    {
        Description = "Disturb the sending side: " + string.Join(", ", ChaosSwitch.All
            .Where(disturbance => disturbance.IsInChaos)
            .Select(disturbance => string.Create(
                CultureInfo.InvariantCulture, $"{LowerFirst(disturbance.Description)} ({disturbance.Rate * 100}%)"))) + ".",
    };

    private readonly Option<string> _clientId = new("--client-id")
    {
        Description = "The client id that gets access tokens.",
        HelpName = "text",
        DefaultValueFactory = _ => DefaultCredential,
    };

    private readonly Option<string> _clientSecret = new("--client-secret")
    {
        Description = "The client secret that gets access tokens.",
        HelpName = "text",
        DefaultValueFactory = _ => DefaultCredential,
    };

    private readonly Option<string?> _webhook = new("--webhook")
    {
        Description = "Register a webhook for all 26 events at this URL.",
        HelpName = "url",
    };

    private readonly Option<string?> _secret = new("--secret", "-s")
    {
        Description = $"The secret of --webhook. Default: the environment variable {CommonOptions.SecretVariable}.",
        HelpName = "text",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Print a line for each event and for each response." };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print addresses and credentials as a single line of JSON once it runs.",
    };

    public EmulateCommand(TimeProvider timeProvider)
        : base("emulate", "Run a local Help Scout: its API, its webhooks, and a page where you make things happen.")
    {
        _timeProvider = timeProvider;
        foreach (var option in new Option[]
        {
            _urls, _seed, _rate, _chaos, _clientId, _clientSecret, _webhook, _secret, _verbose, _json,
        })
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with your app as the receiver", "scouthook emulate --webhook http://127.0.0.1:5000/webhook --secret S"),
        ("a busy day, two events per second, with everything that goes wrong", "scouthook emulate --rate 2 --chaos"),
        ("in a script, on a free port", "scouthook emulate --urls http://127.0.0.1:0 --json"),
    ];

    public bool RunsUntilStopped(ParseResult parseResult) => true;

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var settings = EmulateSettings.From(
            parseResult.GetRequiredValue(_urls), parseResult.GetValue(_rate), parseResult.GetRequiredValue(_clientId),
            parseResult.GetRequiredValue(_clientSecret), parseResult.GetValue(_webhook), parseResult.GetValue(_secret));
        var (json, verbose) = (parseResult.GetValue(_json), parseResult.GetValue(_verbose));
        if (json && verbose)
        {
            throw new UsageException("Use either --json or --verbose, not both: --json prints a single line.");
        }

        await using var helpScout = await StartAsync(settings, parseResult, cancellationToken);
        var lines = Channel.CreateBounded<Action>(
            new BoundedChannelOptions(MaxBacklog) { FullMode = BoundedChannelFullMode.DropWrite });
        if (verbose)
        {
            Print(helpScout.Emulator, lines.Writer);
        }

        var webhook = settings.Webhook is { } url ? helpScout.Emulator.AddWebhook(url, settings.Secret!) : null;
        if (json)
        {
            EmulateView.WriteJson(helpScout.Emulator, webhook);
        }
        else
        {
            EmulateView.Write(helpScout.Emulator, webhook, settings, verbose);
        }

        helpScout.Rate = settings.Rate;
        try
        {
            await foreach (var print in lines.Reader.ReadAllAsync(cancellationToken))
            {
                print();
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C ends it.
        }

        return ExitCode.Ok;
    }

    /// <summary>Queues a line per event and response. They are printed later: nothing may wait for a slow terminal.</summary>
    private static void Print(HelpScoutEmulator emulator, ChannelWriter<Action> lines)
    {
        emulator.Account.Emitted += happened => lines.TryWrite(() => EmulateView.WriteEvent(happened));
        emulator.Attempted += (webhookId, attempt) =>
        {
            var disabledReason = attempt.Outcome is EmulatedAttemptOutcome.Discarded or EmulatedAttemptOutcome.Dropped
                ? emulator.Webhooks.FirstOrDefault(webhook => webhook.Id == webhookId)?.DisabledReason
                : null;
            lines.TryWrite(() => EmulateView.WriteAttempt(webhookId, attempt, disabledReason));
        };
    }

    private async Task<LocalHelpScout> StartAsync(
        EmulateSettings settings, ParseResult parseResult, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalHelpScout.StartAsync(
                options =>
                {
                    options.Urls = settings.Urls;
                    options.Seed = parseResult.GetValue(_seed);
                    options.ClientId = settings.ClientId;
                    options.ClientSecret = settings.ClientSecret;
                    options.TimeProvider = _timeProvider;
                    ChaosSwitch.Prepare(options.Chaos, parseResult.GetValue(_chaos));
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
        {
            throw new CommandFailedException($"{exception.Message.TrimEnd('.')}. Choose another address with --urls.");
        }
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
