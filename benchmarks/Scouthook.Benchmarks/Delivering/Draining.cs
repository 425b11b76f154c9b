using System.Diagnostics;
using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Delivering;

/// <summary>A number of deliveries, from a store or from memory: how long they take, and the processor time of each.</summary>
internal static class Draining
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    /// <summary>Resumes a paused endpoint and waits until its backlog was delivered.</summary>
    public static async Task<(double PerSecond, double Microseconds)> BacklogAsync(
        Run run, DeliveringGateway gateway, LocalSink sink, string endpoint, int count)
    {
        var (taken, processor, watch) = (sink.Taken, gateway.Process.ProcessorSeconds, Stopwatch.StartNew());
        await gateway.SetAsync(endpoint, "resume");
        await sink.UntilAsync(taken + count, AtMost);
        var rate = count / watch.Elapsed.TotalSeconds;
        // The last outcomes are stored after the sink has answered, and housekeeping counts them.
        await Task.Delay(run.Effort.Housekeeping);
        if (sink.Taken != taken + count && !run.Effort.IsSmoke)
        {
            throw new InvalidOperationException("A delivery arrived twice.");
        }

        processor = gateway.Process.ProcessorSeconds - processor;
        await gateway.SetAsync(endpoint, "pause");
        return (rate, processor * 1e6 / count);
    }

    /// <summary>Has a <see cref="BareClient"/> post as many bodies.</summary>
    public static async Task<(double PerSecond, double Microseconds)> BareAsync(
        ChildProcess client, LocalSink sink, string endpoint, int concurrency, int count)
    {
        var (processor, watch) = (client.ProcessorSeconds, Stopwatch.StartNew());
        await client.Input.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sink.Url}/{endpoint} {concurrency} {count}"));
        await client.Input.FlushAsync();
        if (await client.Output.ReadLineAsync() is not "done")
        {
            throw new InvalidOperationException("The bare client failed.");
        }

        return (count / watch.Elapsed.TotalSeconds, (client.ProcessorSeconds - processor) * 1e6 / count);
    }

    /// <summary>Stores events whose deliveries to the paused endpoints wait.</summary>
    public static async Task<Load> FillAsync(DeliveringGateway gateway, SignedEvents events, int count)
    {
        var load = await LoadClient.MeasureAsync(
            gateway.Process.Address, Rounds.Connections, LoadClient.Each(events.Requests(count)), AtMost);
        if (load.Answered != count)
        {
            throw new InvalidOperationException("Not every event was accepted.");
        }

        return load;
    }
}
