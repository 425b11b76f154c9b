using Scouthook.Testing;

namespace Scouthook.Cli.Emitting;

/// <summary>Sends events one after the other, or at a steady rate whatever the receiver's answers take.</summary>
internal sealed class Emitter(HelpScoutClient client, TimeProvider timeProvider)
{
    /// <summary>How many answers may be outstanding; beyond that the rate gives way to the receiver.</summary>
    private const int MaxInFlight = 64;

    /// <param name="events">Made one by one as they are sent, so that "now" is the moment of sending.</param>
    /// <param name="rate">Events per second; <see langword="null"/>: each after the answer to the one before.</param>
    /// <param name="done">Called for each result, from one thread at a time.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task EmitAsync(
        IEnumerable<OutgoingEvent> events, double? rate, Action<SendResult> done, CancellationToken cancellationToken)
    {
        if (rate is null)
        {
            foreach (var outgoing in events)
            {
                done(await client.SendAsync(outgoing, cancellationToken));
            }

            return;
        }

        using var slots = new SemaphoreSlim(MaxInFlight);
        var gate = new Lock();
        var running = new List<Task>();
        var started = timeProvider.GetTimestamp();
        var count = 0;
        foreach (var outgoing in events)
        {
            var early = TimeSpan.FromSeconds(count++ / rate.Value) - timeProvider.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, timeProvider, cancellationToken);
            }

            await slots.WaitAsync(cancellationToken);
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            running.Add(SendAsync(outgoing));
        }

        await Task.WhenAll(running);

        async Task SendAsync(OutgoingEvent outgoing)
        {
            try
            {
                var result = await client.SendAsync(outgoing, cancellationToken);
                lock (gate)
                {
                    done(result);
                }
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
