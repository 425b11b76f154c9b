namespace Scouthook.Handling;

/// <summary>The circumstances in which a handler received an event.</summary>
public sealed record EventContext
{
    /// <summary>The id under which the event is stored; the same at every attempt and replay.</summary>
    /// <value><see langword="null"/> without an inbox: Help Scout sends no id of its own.</value>
    public Guid? Id { get; init; }

    /// <summary>The position of the event in storage order.</summary>
    /// <value><see langword="null"/> without an inbox.</value>
    public long? Sequence { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    /// <value>Always 1 without an inbox: Help Scout does not send its attempt number.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>The id of the replay that delivered the event again.</summary>
    /// <value><see langword="null"/> when it is not a replay.</value>
    public Guid? ReplayId { get; init; }

    /// <summary>True if the same request was received before, so that this may be the same event again.</summary>
    /// <value>Always <see langword="false"/> without an inbox, which keeps track of earlier events.</value>
    public bool IsPossibleRepeat { get; init; }

    /// <summary>True if a newer state of the same resource was received before this event.</summary>
    /// <value>Always <see langword="false"/> without an inbox, which keeps track of earlier events.</value>
    public bool IsStale { get; init; }

    /// <summary>The name of the source that received the event.</summary>
    public required string Source { get; init; }

    /// <summary>When the request was received, by the receiver's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The services of the scope created for this event; for handlers given as lambdas.</summary>
    public required IServiceProvider Services { get; init; }
}
