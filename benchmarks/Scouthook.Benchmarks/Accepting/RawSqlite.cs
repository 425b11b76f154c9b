using System.Diagnostics;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>
/// The yardstick of the store: a loop that writes rows of the same size, 32 per transaction, and does nothing else.
/// </summary>
internal sealed class RawSqlite : IDisposable
{
    public const int RowsPerTransaction = 32;

    private readonly (string Name, byte[] Body)[][] _batches;
    private readonly RawTable _table;

    /// <param name="file">A new file.</param>
    /// <param name="events">The events.</param>
    /// <param name="warmup">How long to write before anything is measured.</param>
    public RawSqlite(string file, SignedEvents events, TimeSpan warmup)
    {
        _batches = [.. Enumerable.Range(0, 32 * RowsPerTransaction).Select(_ => events.NextBody()).Chunk(RowsPerTransaction)];
        _table = new RawTable(file);
        Measure(warmup);
    }

    /// <returns>Rows per second, and the processor time per row in microseconds.</returns>
    public (double PerSecond, double Microseconds) Measure(TimeSpan time)
    {
        var rows = 0;
        var processor = ProcessorTime.ThisThread();
        var watch = Stopwatch.StartNew();
        do
        {
            _table.Write(_batches[rows / RowsPerTransaction % _batches.Length]);
            rows += RowsPerTransaction;
        }
        while (watch.Elapsed < time);

        return (rows / watch.Elapsed.TotalSeconds, (ProcessorTime.ThisThread() - processor) * 1e6 / rows);
    }

    public void Dispose() => _table.Dispose();
}
