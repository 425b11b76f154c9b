namespace Scouthook.Inbox.Model;

/// <summary>A replay: a request to deliver past events again, which adds deliveries.</summary>
internal sealed record Replay
{
    public required Guid Id { get; init; }

    public required ReplayRequest Request { get; init; }

    public required ReplayState State { get; init; }

    /// <summary>The fraction processed so far, from 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>How many deliveries it has added.</summary>
    public required long Added { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
