using Scouthook.Gateway.Telemetry;
using Scouthook.Signing;

namespace Scouthook.Gateway.Tests.Operating;

public sealed class SignatureFailuresTests
{
    [Fact]
    public void Failures_are_counted_by_source_and_each_is_reported_once()
    {
        var failures = new SignatureFailures();
        Parallel.For(0, 100, _ => failures.Rejected("eu", SignatureVerification.Mismatch));
        failures.Rejected("us", SignatureVerification.Missing);

        var first = failures.Take();
        failures.Rejected("us", SignatureVerification.NoLiveSecret);
        var second = failures.Take();

        Assert.Equal([("eu", 100), ("us", 1)], first.OrderBy(it => it.Key).Select(it => (it.Key, it.Value)));
        Assert.Equal([("us", 1)], second.Select(it => (it.Key, it.Value)));
    }
}
