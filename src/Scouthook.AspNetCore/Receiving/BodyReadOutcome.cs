namespace Scouthook.AspNetCore.Receiving;

/// <summary>The result of reading the body of a request.</summary>
internal enum BodyReadOutcome
{
    /// <summary>The body is complete, in one piece and ready to be verified.</summary>
    Complete,

    /// <summary>It is longer than allowed; reading stopped at the limit.</summary>
    TooLarge,

    /// <summary>It was not complete within <c>Receiver:BodyTimeout</c>.</summary>
    TimedOut,

    /// <summary>There was no room for it within <c>Receiver:MaxBytesInFlight</c>.</summary>
    NoRoom,
}
