using System.CommandLine;
using System.Security.Cryptography;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Emitting;
using Scouthook.Events;
using Scouthook.Testing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook emit</c>: sends signed events exactly as Help Scout does.</summary>
internal sealed class EmitCommand : Command, IHasExamples
{
    /// <summary>From this many events on, show the progress.</summary>
    private const int LongWork = 100;

    private const double MaxRate = 1_000_000;

    private readonly TimeProvider _timeProvider;

    private readonly Argument<string> _event = new("EVENT")
    {
        Description = "An event type such as convo.created, or all for one of each of the 26.",
        HelpName = "EVENT",
    };

    private readonly Option<string> _to = new("--to", "-t")
    {
        Description = "The URL of the receiver.",
        HelpName = "url",
        Required = true,
    };

    private readonly Option<string?> _secret = CommonOptions.Secret();

    private readonly Option<int> _count = new("--count", "-n")
    {
        Description = "How many events to send; with all, how many rounds.",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double?> _rate = new("--rate", "-r")
    {
        Description = "Events per second. Default: each one as soon as the previous one is answered.",
        HelpName = "number",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Change a member of the body, such as status=closed or _embedded.threads.0.body=Hello. A value that is "
            + "not valid JSON is a string. Can be repeated.",
        HelpName = "path=value",
    };

    private readonly Option<string?> _file = CommonOptions.File(
        "Send this file unchanged, under any event name; - is standard input. With --set, the JSON is rewritten.");

    private readonly Option<bool> _same = new("--same")
    {
        Description = "Send the sample unchanged each time. Default: generate new ids and current times.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public EmitCommand(TimeProvider timeProvider)
        : base("emit", "Send signed events to a receiver exactly as Help Scout does. Exits with 1 unless every response is 2xx.")
    {
        _timeProvider = timeProvider;
        _event.CompletionSources.Add(["all", .. HelpScoutEventCatalog.All.Select(type => type.Name)]);
        Arguments.Add(_event);
        Options.Add(_to);
        Options.Add(_secret);
        Options.Add(_count);
        Options.Add(_rate);
        Options.Add(_set);
        Options.Add(_file);
        Options.Add(_same);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("one of each event", "scouthook emit all --to http://localhost:5000/webhook --secret S"),
        ("a closed conversation with your own subject",
            "scouthook emit convo.status --to http://localhost:5000/webhook --secret S --set status=closed --set subject=Hello"),
        ("a thousand events, fifty per second",
            "scouthook emit convo.created --to http://localhost:5000/webhook --secret S --count 1000 --rate 50"),
        ("a captured body, byte for byte",
            "scouthook emit convo.created --to http://localhost:5000/webhook --secret S --file body.json"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var target = Target(parseResult.GetRequiredValue(_to));
        var secret = CommonOptions.ToSigningSecret(parseResult.ReadSecret(_secret));
        var plan = await PlanAsync(parseResult, cancellationToken);
        var json = parseResult.GetValue(_json);
        var report = new EmitReport(target);
        using var sender = new HelpScoutSender(target, secret) { TimeProvider = _timeProvider };
        try
        {
            await WithProgressAsync(
                plan.Count,
                quiet: json,
                async step =>
                {
                    var rate = parseResult.GetValue(_rate);
                    await foreach (var result in sender.SendAllAsync(plan.Events, rate, cancellationToken))
                    {
                        report.Add(result);
                        step();
                    }
                });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report.Stopped = true;
        }

        if (json)
        {
            EmitView.WriteJson(report);
        }
        else
        {
            EmitView.WriteTable(report);
        }

        return report.Ok ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<EmitPlan> PlanAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var eventName = parseResult.GetRequiredValue(_event);
        if (eventName.Length == 0 || eventName.Any(character => character is < ' ' or > '~'))
        {
            throw new UsageException("An event type must consist of printable ASCII characters.");
        }

        var edits = (parseResult.GetValue(_set) ?? []).Select(Edit).ToList();
        var rounds = parseResult.GetValue(_count);
        if (rounds < 1)
        {
            throw new UsageException("--count must be at least 1.");
        }

        if (parseResult.GetValue(_rate) is not (null or (> 0 and <= MaxRate)))
        {
            throw new UsageException("--rate must be greater than 0 (events per second) and at most 1000000.");
        }

        var same = parseResult.GetValue(_same);
        if (parseResult.GetValue(_file) is { } file)
        {
            return same
                ? throw new UsageException("Use either --same or --file, not both: --same sends the sample, --file a file.")
                : EmitPlan.OfBytes(eventName, await CommonOptions.ReadBytesAsync(file, cancellationToken), edits, rounds);
        }

        return same
            ? EmitPlan.OfSamples(eventName, edits, rounds)
            : EmitPlan.OfFresh(
                eventName, edits, rounds, new EventGenerator(RandomNumberGenerator.GetInt32(int.MaxValue), _timeProvider));
    }

    private static Uri Target(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var target) && (target.Scheme is "http" or "https")
            ? target
            : throw new UsageException($"--to must be a full URL such as http://localhost:5000/webhook; '{text}' is not.");

    private static PayloadEdit Edit(string assignment)
    {
        try
        {
            return PayloadEdit.Parse(assignment);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--set: {exception.Message}");
        }
    }

    private static async Task WithProgressAsync(long count, bool quiet, Func<Action, Task> work)
    {
        if (quiet || count < LongWork || Console.IsErrorRedirected)
        {
            await work(() => { });
            return;
        }

        await Screen.Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("Sending", maxValue: count);
                await work(() => task.Increment(1));
            });
    }
}
