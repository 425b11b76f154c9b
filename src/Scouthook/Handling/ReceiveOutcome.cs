namespace Scouthook.Handling;

/// <summary>The outcome of a verified request.</summary>
public readonly record struct ReceiveOutcome
{
    private ReceiveOutcome(ReceiveStatus status, TimeSpan retryAfter = default)
    {
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>The kind of outcome.</summary>
    public ReceiveStatus Status { get; }

    /// <summary>
    /// How long the sender should wait before it tries again; only for <see cref="ReceiveStatus.Unavailable"/>.
    /// </summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>The request is kept: answer 200.</summary>
    public static ReceiveOutcome Kept { get; } = new(ReceiveStatus.Kept);

    /// <summary>A handler failed: answer 500, so that Help Scout sends the event again.</summary>
    public static ReceiveOutcome HandlerFailed { get; } = new(ReceiveStatus.HandlerFailed);

    /// <summary>The request could not be kept now: answer 503.</summary>
    /// <param name="retryAfter">How long the sender should wait.</param>
    /// <returns>The outcome.</returns>
    public static ReceiveOutcome Unavailable(TimeSpan retryAfter) => new(ReceiveStatus.Unavailable, retryAfter);
}
