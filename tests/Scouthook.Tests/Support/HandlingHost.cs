using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Handling;

namespace Scouthook.Tests.Support;

/// <summary>The services of an app with handlers and no inbox; records log messages.</summary>
internal sealed class HandlingHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly LogMemory _log = new();

    public HandlingHost(Action<IScouthookBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        configure(services.AddScouthookCore());
        _services = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public FakeTimeProvider Clock { get; } = new(Some.Instant);

    public IServiceProvider Services => _services;

    public IWebhookReceiver Receiver => _services.GetRequiredService<IWebhookReceiver>();

    public IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Log => _log.Lines;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class LogMemory : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel, int, string)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
