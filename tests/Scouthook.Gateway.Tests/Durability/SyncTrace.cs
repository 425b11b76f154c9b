using System.Text.RegularExpressions;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>
/// Parses the output of strace: when the log of the store was written, when it was synced, when responses were sent.
/// </summary>
/// <remarks>
/// A connection carries one request at a time, so between two responses on one connection lies the whole commit of the
/// second event: a write to the log, then a sync that began after it and ended before the response was sent.
/// </remarks>
internal sealed partial class SyncTrace
{
    private readonly Dictionary<string, (string Call, string Arguments, int At)> _unfinished = [];
    private readonly Dictionary<string, int> _lastAnswer = [];
    private readonly List<(int Written, int Synced)> _commits = [];
    private int _lastWrite = -1;

    private SyncTrace()
    {
    }

    public int Answers { get; private set; }

    public int Syncs => _commits.Count;

    /// <summary>The lines of the trace where a response was sent too early.</summary>
    public List<int> TooEarly { get; } = [];

    public static SyncTrace Read(string file)
    {
        var trace = new SyncTrace();
        var at = 0;
        foreach (var line in File.ReadLines(file))
        {
            trace.Add(line, ++at);
        }

        return trace;
    }

    private void Add(string line, int at)
    {
        if (Resumed().Match(line) is { Success: true } resumed)
        {
            if (_unfinished.Remove(resumed.Groups["thread"].Value, out var begun))
            {
                Ended(begun.Call, begun.Arguments, begun.At, at);
            }

            return;
        }

        if (Begun().Match(line) is not { Success: true } call)
        {
            return;
        }

        var (name, rest) = (call.Groups["call"].Value, call.Groups["rest"].Value);
        Started(name, rest, at);
        if (rest.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            _unfinished[call.Groups["thread"].Value] = (name, rest, at);
        }
        else
        {
            Ended(name, rest, at, at);
        }
    }

    // A response counts from the start of the call: it may be on the network before the call returns.
    private void Started(string call, string rest, int at)
    {
        if (!rest.Contains("HTTP/1.1 200", StringComparison.Ordinal))
        {
            return;
        }

        Answers++;
        var connection = rest[..rest.IndexOf('>')];
        var before = _lastAnswer.GetValueOrDefault(connection, -1);
        if (!_commits.Exists(commit => commit.Written > before && commit.Synced < at))
        {
            TooEarly.Add(at);
        }

        _lastAnswer[connection] = at;
    }

    private void Ended(string call, string rest, int began, int at)
    {
        if (!rest.Contains("scouthook.db-wal>", StringComparison.Ordinal))
        {
            return;
        }

        if (call is "pwrite64" or "write")
        {
            _lastWrite = at;
        }
        else if (call is "fsync" or "fdatasync" && _lastWrite >= 0 && _lastWrite < began)
        {
            _commits.Add((_lastWrite, at));
        }
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\((?<rest>.*)$")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. (?<call>\w+) resumed>(?<rest>.*)$")]
    private static partial Regex Resumed();
}
