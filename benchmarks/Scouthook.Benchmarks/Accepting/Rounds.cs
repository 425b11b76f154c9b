using System.Net;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Rounds of as many requests as a server accepts.</summary>
internal static class Rounds
{
    public const int Connections = 64;

    /// <summary>More than any server here accepts of one client, in events per second.</summary>
    private const int MostPerSecond = 16_000;

    /// <summary>Longer rounds make their requests while they run, since those would fill the memory.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(8);

    /// <summary>Sends until the time is over, and then waits for the housekeeping that the round caused.</summary>
    /// <param name="run">The run.</param>
    /// <param name="address">The server.</param>
    /// <param name="events">The events, of which none was sent before.</param>
    /// <param name="time">How long to send.</param>
    /// <param name="connections">The number of connections.</param>
    public static async Task<Load> SaturateAsync(
        Run run, IPEndPoint address, SignedEvents events, TimeSpan time, int connections = Connections)
    {
        var next = time > Long ? events.NextRequest : LoadClient.Each(events.Requests((int)(MostPerSecond * time.TotalSeconds)));
        var load = await LoadClient.MeasureAsync(address, connections, next, time);
        await Task.Delay(run.Effort.Settle);
        return load;
    }
}
