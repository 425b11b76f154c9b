using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Scouthook.TestSupport.Gateways;

/// <summary>The log of one gateway, in the format of its console but not on the console of the process.</summary>
internal sealed class LineLoggerProvider(IServiceProvider services, PrintedLines lines) : ILoggerProvider
{
    private readonly ConsoleFormatter _formatter = services.GetServices<ConsoleFormatter>()
        .Single(formatter => formatter.Name == ConsoleFormatterNames.Simple);

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, _formatter, lines);

    public void Dispose()
    {
    }

    private sealed class LineLogger(string category, ConsoleFormatter formatter, PrintedLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            using var text = new StringWriter();
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, format), null, text);
            foreach (var line in text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
            {
                lines.Add(line);
            }
        }
    }
}
