using Scouthook.Gateway.Telemetry;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>The names of metrics, as the specification of OpenTelemetry derives them.</summary>
public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("scouthook.receive.requests", "{request}", true, "scouthook_receive_requests_total")]
    [InlineData("scouthook.receive.duration", "s", false, "scouthook_receive_duration_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", true, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("dotnet.process.cpu.time", "s", true, "dotnet_process_cpu_time_seconds_total")]
    [InlineData("a.share", "1", false, "a_share")]
    [InlineData("a.share", "%", false, "a_share_percent")]
    [InlineData("already.seconds", "s", false, "already_seconds")]
    [InlineData("already.total", null, true, "already_total")]
    [InlineData("other.unit", "m/s", false, "other_unit_m_s")]
    public void Name_has_the_unit_and_the_kind(string instrument, string? unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusNames.Metric(instrument, unit, isCounter));
}
