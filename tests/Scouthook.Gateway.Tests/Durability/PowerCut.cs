using System.Globalization;
using System.Text.RegularExpressions;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// Takes from a write-ahead log what a power cut would: everything written and not synced, as strace recorded it.
/// </summary>
/// <remarks>
/// What was written since the last sync is overwritten with zeros, or some of it: a disk may have written any of it. In
/// place of zeros it could have what was there before; those are frames of an earlier round of the log, which SQLite does
/// not accept either. The database file needs no change: before SQLite writes to it, the log is synced.
/// </remarks>
internal sealed partial class PowerCut
{
    private readonly Dictionary<string, (Write? Write, int At)> _unfinished = [];
    private readonly List<Write> _unsynced = [];
    private long _syncedLength;

    private PowerCut()
    {
    }

    /// <summary>The number of writes that are not synced.</summary>
    public int Unsynced => _unsynced.Count;

    /// <summary>The number of syncs.</summary>
    public int Syncs { get; private set; }

    /// <summary>What strace has to record, with the names of files (<c>-y</c>).</summary>
    public const string Calls = "trace=pwrite64,fdatasync,fsync,ftruncate";

    public static PowerCut Read(string trace, string log)
    {
        var cut = new PowerCut();
        var at = 0;
        foreach (var line in File.ReadLines(trace))
        {
            cut.Add(line, log, ++at);
        }

        // Not returned from when the process was killed.
        cut._unsynced.AddRange(cut._unfinished.Values.Select(call => call.Write).OfType<Write>());
        return cut;
    }

    /// <summary>Takes back what was not synced.</summary>
    /// <param name="log">The file.</param>
    /// <param name="survives">Whether a write happens to be on disk all the same.</param>
    public void Apply(string log, Func<bool> survives)
    {
        using var file = File.OpenWrite(log);
        var length = _syncedLength;
        foreach (var write in _unsynced)
        {
            if (survives())
            {
                length = Math.Max(length, write.End);
                continue;
            }

            file.Position = write.Offset;
            file.Write(new byte[Math.Max(0, Math.Min(write.End, file.Length) - write.Offset)]);
        }

        file.SetLength(Math.Min(length, file.Length));
    }

    private void Add(string line, string log, int at)
    {
        if (Resumed().Match(line) is { Success: true } resumed)
        {
            if (_unfinished.Remove(resumed.Groups["thread"].Value, out var begun))
            {
                End(begun.Write, begun.At, at);
            }

            return;
        }

        if (Begun().Match(line) is not { Success: true } call || call.Groups["file"].Value != log)
        {
            return;
        }

        var name = call.Groups["call"].Value;
        if (name is "ftruncate")
        {
            _syncedLength = 0;
            _unsynced.Clear();
            return;
        }

        var write = name is "pwrite64" ? Write.Parse(Place().Match(line)) : null;
        if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal) || line.Contains("= ?", StringComparison.Ordinal))
        {
            _unfinished[call.Groups["thread"].Value] = (write, at);
        }
        else
        {
            End(write, at, at);
        }
    }

    /// <param name="write">The write; <see langword="null"/> for a sync.</param>
    /// <param name="began">The line at which the call began.</param>
    /// <param name="at">The line at which it returned.</param>
    private void End(Write? write, int began, int at)
    {
        if (write is not null)
        {
            _unsynced.Add(write with { At = at });
            return;
        }

        Syncs++;
        foreach (var synced in _unsynced.Where(it => it.At < began))
        {
            _syncedLength = Math.Max(_syncedLength, synced.End);
        }

        _unsynced.RemoveAll(it => it.At < began);
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\(\d+<(?<file>[^>]*)>")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. \w+ resumed>.*= \d+$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@", (?<length>\d+), (?<offset>\d+)(\) += (\d+|\?.*)| <unfinished \.\.\.>)$")]
    private static partial Regex Place();

    private sealed record Write(long Offset, long Length, int At)
    {
        public long End => Offset + Length;

        public static Write Parse(Match match) => match.Success
            ? new Write(Number(match, "offset"), Number(match, "length"), 0)
            : throw new FormatException("Not a write as strace prints it.");

        private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
