namespace Scouthook.Inbox.Model;

/// <summary>A person asks for past events again, which adds deliveries.</summary>
internal sealed record Replay
{
    /// <summary>The store's own number for it, which lists go by.</summary>
    public long Key { get; init; }

    public required Guid Id { get; init; }

    public required ReplayRequest Request { get; init; }

    public required ReplayState State { get; init; }

    /// <summary>How much of what it goes through lies behind it, from 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>How many deliveries it has added.</summary>
    public required long Added { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
