using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Testing;

namespace Scouthook.Cli.Emitting;

/// <summary>Counts the responses to the events, by event name in the order of first sending.</summary>
internal sealed class EmitReport(Uri target)
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    public Uri Target { get; } = target;

    public IReadOnlyCollection<Row> Rows => _rows.Values;

    public int Sent => _rows.Values.Sum(row => row.Sent);

    public int Accepted => _rows.Values.Sum(row => row.Accepted);

    /// <summary>True if sending was stopped before everything was sent.</summary>
    public bool Stopped { get; set; }

    public bool Ok => !Stopped && Sent == Accepted;

    /// <summary>The answers other than 2xx, each once, the most frequent first.</summary>
    public IEnumerable<string> Failures => _rows.Values
        .SelectMany(row => row.Answers)
        .Where(answer => !answer.Value.Accepted)
        .GroupBy(answer => answer.Key)
        .OrderByDescending(group => group.Sum(answer => answer.Value.Count))
        .Select(group => group.Key);

    /// <summary>The status code, such as <c>200</c>, or the failure, such as <c>connection refused</c>.</summary>
    public static string AnswerOf(SendResult result) => result.StatusCode is { } statusCode
        ? ((int)statusCode).ToString(CultureInfo.InvariantCulture)
        : NetworkFailure.Describe(result.Failure!.Value);

    public void Add(SendResult result)
    {
        if (!_rows.TryGetValue(result.EventName, out var row))
        {
            _rows.Add(result.EventName, row = new Row(result.EventName));
        }

        row.Add(result);
    }

    internal sealed class Row(string eventName)
    {
        public string EventName { get; } = eventName;

        public SortedDictionary<string, (int Count, bool Accepted)> Answers { get; } = new(StringComparer.Ordinal);

        public TimeSpan Slowest { get; private set; }

        public int Sent => Answers.Values.Sum(answer => answer.Count);

        public int Accepted => Answers.Values.Where(answer => answer.Accepted).Sum(answer => answer.Count);

        public void Add(SendResult result)
        {
            var answer = AnswerOf(result);
            Answers[answer] = (Answers.GetValueOrDefault(answer).Count + 1, result.IsAccepted);
            Slowest = result.Duration > Slowest ? result.Duration : Slowest;
        }
    }
}
