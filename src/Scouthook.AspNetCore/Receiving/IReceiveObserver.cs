namespace Scouthook.AspNetCore.Receiving;

/// <summary>Observes how requests end. Every registered observer is called.</summary>
/// <remarks>Called during the request, and concurrently: it must return quickly and must not throw.</remarks>
internal interface IReceiveObserver
{
    /// <summary>Reports that a request has ended.</summary>
    /// <param name="source">The source that received it.</param>
    /// <param name="result">One of <see cref="ReceiveResult"/>.</param>
    void Ended(string source, string result);
}
