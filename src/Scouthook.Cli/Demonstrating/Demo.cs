using System.Collections.Immutable;
using Scouthook.Cli.Emitting;
using Scouthook.Parsing;
using Scouthook.Testing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Sends one generated event of each type to the gateway, then checks the store and the receiver.</summary>
internal sealed class Demo(HelpScoutSender sender, DemoGateway gateway, DemoReceiver receiver, EventGenerator generator)
{
    /// <summary>The event that a fault befalls, and the one of its family whose name it is sent under.</summary>
    private const string Victim = "convo.status";

    private const string Impostor = "convo.tags";

    private static readonly ImmutableArray<string> Stages = ["sent", "verified", "stored", "delivered"];

    public async Task<DemoReport> RunAsync(DemoFault fault, CancellationToken cancellationToken)
    {
        var events = generator.NextOfEach();
        var results = new List<SendResult?>();
        foreach (var outgoing in events)
        {
            results.Add(await SendAsync(outgoing, outgoing.Name == Victim ? fault : DemoFault.None, cancellationToken));
        }

        var stored = await gateway.ReadStoredAsync(cancellationToken);
        await receiver.WaitForAsync(stored.Count, cancellationToken);
        return new DemoReport(
            Stages, [.. events.Select((outgoing, at) => Row(outgoing, results[at], stored, receiver.Received))]);
    }

    private async Task<SendResult?> SendAsync(OutgoingEvent outgoing, DemoFault fault, CancellationToken cancellationToken) =>
        fault switch
        {
            DemoFault.DropEvent => null,
            DemoFault.SwapType => await sender.SendAsync(new OutgoingEvent(Impostor, outgoing.Body), cancellationToken),
            DemoFault.CorruptSignature => await sender.SendWithSignatureAsync(
                outgoing, new string('A', 27) + "=", cancellationToken),
            _ => await sender.SendAsync(outgoing, cancellationToken),
        };

    private static DemoRow Row(
        OutgoingEvent outgoing,
        SendResult? result,
        IReadOnlyList<DemoStoredEvent> stored,
        IReadOnlyCollection<DemoDelivery> delivered)
    {
        // Only verified events are stored. An event is stored correctly if it also has its own name and parses as its type.
        var digest = DemoStoredEvent.DigestOf(outgoing.Body.Span);
        var verified = stored.Where(storedEvent => storedEvent.Digest == digest).ToList();
        ImmutableArray<int> counts =
        [
            result is null ? 0 : 1,
            verified.Count,
            verified.Count(storedEvent => IsRight(storedEvent, outgoing)),
            delivered.Count(delivery => delivery.Digest == digest && delivery.EventName == outgoing.Name),
        ];
        return new DemoRow(outgoing.Name, counts, Problem(outgoing, verified, counts, result));
    }

    private static bool IsRight(DemoStoredEvent stored, OutgoingEvent outgoing) =>
        stored.EventName == outgoing.Name
        && stored.State == "ok"
        && WebhookParser.Parse(stored.EventName, stored.Body).GetType() == outgoing.EventType!.EventClrType;

    private static string? Problem(
        OutgoingEvent outgoing, List<DemoStoredEvent> verified, ImmutableArray<int> counts, SendResult? result)
    {
        if (result is null)
        {
            return "not sent";
        }

        if (!result.IsAccepted)
        {
            return $"response: {EmitReport.AnswerOf(result)}";
        }

        if (counts.Any(count => count > 1))
        {
            return counts[^1] > 1 ? "delivered more than once" : "stored more than once";
        }

        if (verified.Find(storedEvent => storedEvent.EventName != outgoing.Name) is { } other)
        {
            return $"stored as {other.EventName}";
        }

        return counts[..^1].Contains(0) ? "not stored, or with other bytes"
            : counts[^1] == 0 ? "not delivered, or with other bytes"
            : null;
    }
}
