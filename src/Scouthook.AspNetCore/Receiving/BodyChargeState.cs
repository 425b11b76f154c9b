namespace Scouthook.AspNetCore.Receiving;

/// <summary>The stages of a body in the <see cref="BodyBudget"/>.</summary>
internal enum BodyChargeState
{
    /// <summary>It is being read, or is waiting to be verified.</summary>
    Reading,

    /// <summary>It is complete and being verified.</summary>
    Complete,

    /// <summary>Its signature is valid; it stays until its commit has ended.</summary>
    Verified,

    /// <summary>It was evicted, and its request is about to get a 503.</summary>
    Evicted,

    /// <summary>Its memory was released.</summary>
    Released,
}
