using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>A logger that throws at certain messages.</summary>
internal sealed class FailingLog(params int[] eventIds) : ILoggerProvider, ILogger
{
    private int _failures;

    public int Failures => Volatile.Read(ref _failures);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (eventIds.Contains(eventId.Id))
        {
            Interlocked.Increment(ref _failures);
            throw new InvalidOperationException("The log is not available.");
        }
    }

    public void Dispose()
    {
    }
}
