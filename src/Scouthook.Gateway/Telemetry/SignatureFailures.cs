using System.Collections.Concurrent;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Signing;

namespace Scouthook.Gateway.Telemetry;

/// <summary>Counts requests that were rejected because of their signature, by source.</summary>
internal sealed class SignatureFailures : IRejectionObserver
{
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public void Rejected(string source, SignatureVerification reason) =>
        _failures.AddOrUpdate(source, 1, (_, count) => count + 1);

    /// <summary>Returns the counts since the last call.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        var taken = new Dictionary<string, int>();
        foreach (var source in _failures.Keys)
        {
            if (_failures.TryRemove(source, out var count))
            {
                taken.Add(source, count);
            }
        }

        return taken;
    }
}
