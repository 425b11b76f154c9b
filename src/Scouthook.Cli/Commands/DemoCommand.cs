using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Demonstrating;
using Scouthook.Cli.Emulating;
using Scouthook.Cli.Managing;
using Scouthook.Testing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook demo</c>: runs a local Help Scout, a gateway on a temporary store and a receiver.</summary>
internal sealed class DemoCommand : Command, IHasExamples, IRunsUntilStopped
{
    private const int SecretBytes = 20;

    /// <summary>Events per second after the table: slow enough to read along.</summary>
    private const double SlowRate = 0.5;

    private readonly TimeProvider _timeProvider;

    private readonly Option<bool> _exit = new("--exit")
    {
        Description = "Exit after printing the table instead of receiving until Ctrl-C.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    private readonly Option<string?> _fault = new("--fault")
    {
        Description = "Inject a fault: corrupt-signature, drop-event or swap-type.",
        Hidden = true,
    };

    public DemoCommand(TimeProvider timeProvider)
        : base("demo", "Start a gateway on a temporary store and a local Help Scout, and show that each of the 26 event types is received, stored and delivered.")
    {
        _timeProvider = timeProvider;
        Options.Add(_exit);
        Options.Add(_json);
        Options.Add(_fault);
        _fault.AcceptOnlyFromAmong("corrupt-signature", "drop-event", "swap-type");
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("try it, then send your own events", "scouthook demo"),
        ("as a check in a script", "scouthook demo --exit --json"),
    ];

    public bool RunsUntilStopped(ParseResult parseResult) => !parseResult.GetValue(_exit);

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var json = parseResult.GetValue(_json);
        var fault = DemoFaults.Parse(parseResult.GetValue(_fault));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        Action<string> progress = json ? _ => { } : ShowProgress;

        progress($"Starting a gateway on a temporary store. {LocalTime.Note(_timeProvider)}");
        await using var receiver = await DemoReceiver.StartAsync(cancellationToken);
        await using var gateway = await DemoGateway.StartAsync(secret, receiver, fault, cancellationToken);
        progress("Starting a local Help Scout");
        await using var helpScout = await LocalHelpScout.StartAsync(options => Configure(options, fault), cancellationToken);

        var report = await new Demo(helpScout, gateway, receiver, progress).RunAsync(secret, fault, cancellationToken);
        if (json)
        {
            DemoView.WriteJson(report, gateway.Address, helpScout.Emulator.Address);
        }
        else
        {
            DemoView.WriteTable(report);
        }

        if (!parseResult.GetValue(_exit))
        {
            if (!json)
            {
                ShowHowToContinue(gateway, helpScout.Emulator.Address, secret);
                gateway.Answered = ShowAnswer;
                receiver.Arrived = ShowDelivery;
            }

            helpScout.Rate = SlowRate;
            await UntilStoppedAsync(cancellationToken);
        }

        return report.Ok ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Configure(HelpScoutEmulatorOptions options, DemoFault fault)
    {
        options.Seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        options.TimeProvider = _timeProvider;
        if (fault is DemoFault.CorruptSignature)
        {
            // Would be retried for minutes, in vain.
            options.MaxAttempts = 1;
        }
    }

    /// <summary>Prints commands to paste. The secret is generated for this run and useless afterwards.</summary>
    private void ShowHowToContinue(DemoGateway gateway, Uri helpScout, string secret)
    {
        var address = gateway.Address;
        var generator = new EventGenerator(RandomNumberGenerator.GetInt32(int.MaxValue), _timeProvider);
        var body = System.Text.Encoding.ASCII.GetString(generator.Next("tag.deleted").Body.Span);
        Console.Out.WriteLine();
        Screen.Out.MarkupLineInterpolated($"The local Help Scout raises an event now and then. To raise your own, open [bold]{helpScout}[/].");
        Screen.Out.MarkupLineInterpolated($"Receiving at [bold]{address}[/] until you press Ctrl-C. To send more events, run this in another terminal:");
        Console.Out.WriteLine($"""

              export {CommonOptions.SecretVariable}={secret}
              {ThisTool.Command} emit all --to {address}

            Or sign one by hand:

              body='{body}'
              signature=$(printf %s "$body" | \
                openssl dgst -sha1 -hmac "${CommonOptions.SecretVariable}" -binary | base64)
              curl -i {address} --data-binary "$body" \
                -H 'Content-Type: application/json' -H 'X-HelpScout-Event: tag.deleted' \
                -H "X-HelpScout-Signature: $signature"

            To see what was stored and delivered:

              export {ManagementOptions.ApiVariable}={gateway.Api.GetLeftPart(UriPartial.Authority)}
              export {ManagementOptions.KeyVariable}={gateway.AdminKey}
              {ThisTool.Command} events
              {ThisTool.Command} deliveries

            Or open the dashboard at {gateway.Api.GetLeftPart(UriPartial.Authority)}/ and sign in with that key.

            """);
    }

    private void ShowProgress(string step) => Prose.WriteLine($"{Time()}  {step}", LocalTime.Column);

    private void ShowDelivery(string eventName, int size) => Show(eventName, size, $"    [{Palette.Accent}]→[/] delivered");

    private void ShowAnswer(string eventName, long? size, int status)
    {
        var what = status switch
        {
            200 => $"[{Palette.Good}]200[/] stored",
            401 => $"[{Palette.Bad}]401[/] signature rejected",
            _ => string.Create(CultureInfo.InvariantCulture, $"[{Palette.Waiting}]{status}[/]"),
        };
        Show(eventName, size, what);
    }

    private void Show(string eventName, long? size, string what)
    {
        // The sender chooses the name: show it as text, without control characters, and shorten it.
        const int maxName = 60;
        var name = string.Concat(eventName.Where(character => !char.IsControl(character)).Take(maxName));
        Screen.Out.MarkupLine(
            $"{Time()}  {Markup.Escape(name.Length == 0 ? "(no event name)" : name),-34} {size,7} bytes  {what}");
    }

    private string Time() => LocalTime.Now(_timeProvider);

    private async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C ends the demo.
        }
    }
}
