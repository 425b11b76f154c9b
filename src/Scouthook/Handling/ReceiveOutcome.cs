namespace Scouthook.Handling;

/// <summary>The outcome of a verified request.</summary>
public readonly record struct ReceiveOutcome
{
    private ReceiveOutcome(bool isKept, TimeSpan? retryAfter)
    {
        IsKept = isKept;
        RetryAfter = retryAfter;
    }

    /// <summary>The request is kept: answered with 200.</summary>
    public static ReceiveOutcome Kept { get; } = new(isKept: true, retryAfter: null);

    /// <summary>A handler failed: answered with 500, so that Help Scout sends the event again.</summary>
    public static ReceiveOutcome HandlerFailed { get; }

    /// <summary>True if the request is kept.</summary>
    public bool IsKept { get; }

    /// <summary>How long the sender should wait before it tries again; only of <see cref="Unavailable"/>.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The request could not be kept now: answered with 503 and <c>Retry-After</c>.</summary>
    /// <param name="retryAfter">How long the sender should wait.</param>
    /// <returns>The outcome.</returns>
    public static ReceiveOutcome Unavailable(TimeSpan retryAfter) => new(isKept: false, retryAfter);

    /// <summary>Returns the kind of outcome.</summary>
    /// <returns>For example <c>Kept</c>.</returns>
    public override string ToString() =>
        IsKept ? nameof(Kept) : RetryAfter is { } wait ? $"{nameof(Unavailable)} ({wait:c})" : nameof(HandlerFailed);
}
