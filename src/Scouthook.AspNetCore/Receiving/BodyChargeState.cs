namespace Scouthook.AspNetCore.Receiving;

/// <summary>The stages of a body in the <see cref="BodyBudget"/>.</summary>
internal enum BodyChargeState
{
    /// <summary>It is being read, or waits for its verification.</summary>
    Reading,

    /// <summary>It is complete and being verified.</summary>
    Complete,

    /// <summary>Its signature is valid; it stays until its commit has ended.</summary>
    Verified,

    /// <summary>Its room was given to others; it is about to be answered with 503.</summary>
    Evicted,

    /// <summary>Its memory was released.</summary>
    Released,
}
