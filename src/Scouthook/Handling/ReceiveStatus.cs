namespace Scouthook.Handling;

/// <summary>The kinds of <see cref="ReceiveOutcome"/>.</summary>
public enum ReceiveStatus
{
    /// <summary>Nothing was decided. Never the outcome of a receiver; the endpoint answers 500 to it.</summary>
    None = 0,

    /// <summary>Kept; answered with 200.</summary>
    Kept = 1,

    /// <summary>A handler failed; answered with 500.</summary>
    HandlerFailed = 2,

    /// <summary>Could not be kept now; answered with 503 and <c>Retry-After</c>.</summary>
    Unavailable = 3,
}
