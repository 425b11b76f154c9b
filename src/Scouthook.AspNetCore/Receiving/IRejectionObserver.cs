using Scouthook.Signing;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Observes requests that are rejected because of their signature. Every registered observer is called.</summary>
/// <remarks>Called during the request, and concurrently: it must return quickly and must not throw.</remarks>
internal interface IRejectionObserver
{
    /// <summary>Reports a rejected request.</summary>
    /// <param name="source">The source that received it.</param>
    /// <param name="reason">Why its signature was not accepted.</param>
    void Rejected(string source, SignatureVerification reason);
}
