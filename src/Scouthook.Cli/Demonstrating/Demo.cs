using System.Collections.Immutable;
using Scouthook.Cli.Emulating;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Testing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Makes each of the 26 event types happen in a local Help Scout, then checks the store and the receiver.</summary>
/// <param name="helpScout">The local Help Scout.</param>
/// <param name="gateway">The gateway that it sends to.</param>
/// <param name="receiver">The endpoint that the gateway delivers to.</param>
/// <param name="progress">Is called with each step before it is done.</param>
internal sealed class Demo(LocalHelpScout helpScout, DemoGateway gateway, DemoReceiver receiver, Action<string> progress)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ImmutableArray<string> Stages = ["sent", "verified", "stored", "delivered"];

    public async Task<DemoReport> RunAsync(string secret, DemoFault fault, CancellationToken cancellationToken)
    {
        using var registration = new DemoRegistration(helpScout.Emulator);
        progress("Getting an access token");
        await registration.AuthorizeAsync(cancellationToken);
        progress("Registering the webhook");
        await registration.RegisterAsync(gateway.Address, secret, fault, cancellationToken);

        progress("Making each of the 26 event types happen: customers write, agents reply, conversations are merged");
        var happened = Play();
        await WaitUntilSentAsync(cancellationToken);

        progress($"Reading the {happened.Count} events back from the store");
        var stored = await gateway.ReadStoredAsync(cancellationToken);
        progress("Waiting for the deliveries");
        await receiver.WaitForAsync(stored.Count, cancellationToken);

        var attempts = helpScout.Emulator.Webhooks.SelectMany(webhook => webhook.DeliveryLog)
            .ToLookup(attempt => new DemoDelivery(attempt.EventName, DemoStoredEvent.DigestOf(attempt.Body.Span)));
        var rows = HelpScoutEventCatalog.All.Select(type => DemoRow.Of(
            type.Name,
            [.. happened.Where(sent => sent.EventName == type.Name).Select(sent => Check(sent, type, happened, attempts[sent], stored))]));
        return new DemoReport(Stages, [.. rows], happened.Count);
    }

    /// <summary>Plays the events, some of which require others before, and returns all of them.</summary>
    private HashSet<DemoDelivery> Play()
    {
        var happened = new HashSet<DemoDelivery>();
        void Add(AccountEvent raised) => happened.Add(new DemoDelivery(raised.Name, DemoStoredEvent.DigestOf(raised.Event.Body.Span)));

        helpScout.Emulator.Account.Emitted += Add;
        helpScout.PlayOneOfEach();
        helpScout.Emulator.Account.Emitted -= Add;
        return happened;
    }

    private async Task WaitUntilSentAsync(CancellationToken cancellationToken)
    {
        try
        {
            await helpScout.Emulator.WaitUntilSentAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The table names the events that were not accepted.
        }
    }

    private DemoRow Check(
        DemoDelivery sent,
        HelpScoutEventType type,
        HashSet<DemoDelivery> happened,
        IEnumerable<EmulatedAttempt> attempts,
        IReadOnlyList<DemoStoredEvent> stored)
    {
        // Only verified events are stored. An event is stored correctly if it also has its own name and parses as its type.
        // Several events of one action have the same body, so one stored under another name is this one only if no event of
        // that name explains it, and nothing is stored under its own name.
        var verified = stored.Where(storedEvent => storedEvent.Digest == sent.Digest && storedEvent.EventName == sent.EventName).ToList();
        if (verified.Count == 0)
        {
            verified = [.. stored.Where(storedEvent =>
                storedEvent.Digest == sent.Digest && !happened.Contains(new DemoDelivery(storedEvent.EventName, sent.Digest)))];
        }

        ImmutableArray<int> counts =
        [
            attempts.Count(attempt => attempt.Number == 1),
            verified.Count,
            verified.Count(storedEvent => IsRight(storedEvent, type)),
            receiver.Received.Count(delivery => delivery == sent),
        ];
        return new DemoRow(sent.EventName, counts, DemoProblem.Find(sent.EventName, counts, verified, attempts.LastOrDefault()));
    }

    private static bool IsRight(DemoStoredEvent stored, HelpScoutEventType type) =>
        stored.EventName == type.Name
        && stored.State == "ok"
        && WebhookParser.Parse(stored.EventName, stored.Body).GetType() == type.EventClrType;
}
