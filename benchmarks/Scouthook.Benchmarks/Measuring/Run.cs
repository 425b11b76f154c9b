using System.Globalization;

namespace Scouthook.Benchmarks.Measuring;

/// <summary>A run of benchmarks: its effort, its directory, and the figures so far.</summary>
internal sealed class Run : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
    private readonly Dictionary<Row, Measurement> _rows = [];
    private readonly Dictionary<Curve, SortedDictionary<string, SortedDictionary<double, double>>> _curves = [];
    private readonly Dictionary<object, Func<ValueTask>> _kept = [];
    private int _folders;

    public Run(Effort effort) => Effort = effort;

    public Effort Effort { get; }

    /// <summary>Creates an empty directory.</summary>
    public string NewFolder() => _directory.CreateSubdirectory(
        (++_folders).ToString(CultureInfo.InvariantCulture)).FullName;

    /// <summary>Deletes a directory that is no longer required; stores of millions of events are large.</summary>
    public static void Discard(string folder) => Directory.Delete(folder, recursive: true);

    /// <summary>Returns what is kept from one benchmark to the next until the run has ended, started by the first.</summary>
    public async Task<T> KeepAsync<T>(Func<Task<T>> start, Func<T, ValueTask> end)
        where T : class
    {
        if (_kept.Keys.OfType<T>().FirstOrDefault() is not { } kept)
        {
            kept = await start();
            _kept.Add(kept, () => end(kept));
        }

        return kept;
    }

    /// <summary>Records one round of a row.</summary>
    public void Record(Row row, double value, double? yardstick = null)
    {
        if (!double.IsFinite(value) || (yardstick is { } figure && !double.IsFinite(figure)))
        {
            throw new InvalidOperationException($"{row.What}: the measurement is not a number.");
        }

        if (!_rows.TryGetValue(row, out var measurement))
        {
            _rows[row] = measurement = new Measurement();
        }

        measurement.Add(value, yardstick);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {row.What}: {value:N2} {row.Unit}{(yardstick is null ? "" : $", {row.Yardstick}: {yardstick:N2}")}"));
    }

    /// <summary>Records one point of a curve.</summary>
    public void Record(Curve curve, string series, double across, double up)
    {
        if (!_curves.TryGetValue(curve, out var lines))
        {
            _curves[curve] = lines = new(StringComparer.Ordinal);
        }

        if (!lines.TryGetValue(series, out var points))
        {
            lines[series] = points = [];
        }

        points[across] = up;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {curve.Title}, {series}: {across:N0} {curve.Across}, {up:N2} {curve.Up}"));
    }

    public Measurement? Find(Row row) => _rows.GetValueOrDefault(row);

    /// <summary>The lines of a curve: its series by name, with their points.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<double, double>> Find(Curve curve) =>
        _curves.TryGetValue(curve, out var lines) ? lines : new SortedDictionary<string, SortedDictionary<double, double>>();

    public async ValueTask DisposeAsync()
    {
        foreach (var end in _kept.Values)
        {
            await end();
        }

        _directory.Delete(recursive: true);
    }
}
