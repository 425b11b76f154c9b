using System.Collections.Concurrent;

namespace TypedHandlers.Tests;

/// <summary>A team chat that remembers what was said.</summary>
public sealed class RecordingTeamChat : ITeamChat
{
    private readonly ConcurrentQueue<string> _messages = new();

    public IReadOnlyCollection<string> Messages => _messages;

    public Task SayAsync(string message, CancellationToken cancellationToken)
    {
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }
}
