using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>Records log messages, including values and exceptions.</summary>
internal sealed class LogCapture(LogLevel ours = LogLevel.Trace) : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    private LogLevel Ours { get; } = ours;

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public IEnumerable<LogEntry> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public bool Has(int id) => _entries.Any(entry => entry.Id == id && entry.Category.StartsWith("Scouthook", StringComparison.Ordinal));

    public int Count(int id) => _entries.Count(entry => entry.Id == id && entry.Category.StartsWith("Scouthook", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        private readonly LogLevel _least = category.StartsWith("Scouthook", StringComparison.Ordinal)
            ? capture.Ours
            : LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
                capture._entries.Enqueue(new LogEntry(
                    category, logLevel, eventId.Id, $"{formatter(state, exception)} {values} {exception}"));
            }
        }
    }
}
