using System.Collections.Immutable;
using Scouthook.Cli.Emitting;
using Scouthook.Events;
using Scouthook.Testing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Sends one fresh event of each type to the receiver and reads back what its handlers got.</summary>
internal sealed class Demo(HelpScoutClient client, Uri target, Arrivals arrivals, EventGenerator generator)
{
    /// <summary>The event that a fault befalls, and the one of its family whose name it is sent under.</summary>
    private const string Victim = "convo.status";

    private const string Impostor = "convo.tags";

    private static readonly ImmutableArray<string> Stages = ["sent", "verified", "handled"];

    public async Task<DemoReport> RunAsync(DemoFault fault, CancellationToken cancellationToken)
    {
        var events = generator.NextOfEach();
        var results = new List<SendResult?>();
        foreach (var outgoing in events)
        {
            results.Add(await SendAsync(outgoing, outgoing.Name == Victim ? fault : DemoFault.None, cancellationToken));
        }

        var own = events.Select(outgoing => Arrivals.Digest(outgoing.Body)).ToArray();
        return new DemoReport(Stages, [.. events.Select((outgoing, at) => Row(outgoing, own[at], results[at]))]);
    }

    private async Task<SendResult?> SendAsync(OutgoingEvent outgoing, DemoFault fault, CancellationToken cancellationToken) =>
        fault switch
        {
            DemoFault.DropEvent => null,
            DemoFault.SwapType => await client.SendAsync(new OutgoingEvent(Impostor, outgoing.Body), cancellationToken),
            DemoFault.CorruptSignature => await client.SendAsync(
                HelpScoutRequest.CreateWithSignature(target.AbsoluteUri, outgoing, new string('A', 27) + "="),
                outgoing.Name,
                cancellationToken),
            _ => await client.SendAsync(outgoing, cancellationToken),
        };

    private DemoRow Row(OutgoingEvent outgoing, string digest, SendResult? result)
    {
        var eventClass = outgoing.EventType!.EventClass;
        ImmutableArray<int> counts =
        [
            result is null ? 0 : 1,
            arrivals.Count(typeof(HelpScoutEvent), digest),
            arrivals.Count(eventClass, digest),
        ];
        return new DemoRow(outgoing.Name, counts, Problem(eventClass, digest, counts, result));
    }

    private string? Problem(Type eventClass, string digest, ImmutableArray<int> counts, SendResult? result)
    {
        if (result is null)
        {
            return "not sent";
        }

        if (!result.Value.Accepted)
        {
            return $"answered with {result.Value.Answer}";
        }

        if (counts.Any(count => count > 1))
        {
            return "came more than once";
        }

        if (arrivals.DigestsOf(eventClass).Any(other => other != digest))
        {
            return $"the handler of {eventClass.Name} also got the bytes of another event";
        }

        return counts.Contains(0) ? $"the handler of {eventClass.Name} did not get these bytes" : null;
    }
}
