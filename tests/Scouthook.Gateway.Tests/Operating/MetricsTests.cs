namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The metrics at <c>/metrics</c>, compared with docs/telemetry.md.</summary>
public sealed class MetricsTests(MetricsScenario scenario) : IClassFixture<MetricsScenario>
{
    private const string Ours = "scouthook_";

    [Fact]
    public void Requests_are_counted_by_source_type_and_outcome()
    {
        foreach (var metric in new[] { "scouthook_receive_requests_total", "scouthook_receive_duration_seconds_count" })
        {
            Assert.Equal(4, Of(metric, "convo.status", "kept"));
            Assert.Equal(2, Of(metric, "convo.assigned", "kept"));
            Assert.Equal(1, Of(metric, "other", "kept"));
            // The event name is not trusted before the signature is verified.
            Assert.Equal(1, Of(metric, "other", "signature_mismatch"));
            Assert.Equal(1, Of(metric, "other", "signature_missing"));
            Assert.Equal(1, Of(metric, "convo.status", "unavailable"));
            Assert.Equal(10, scenario.After.Sum(metric));
        }

        Assert.Equal(8, scenario.After["scouthook_receive_body_size_bytes_count", ("scouthook_source", "default")]);
        Assert.Equal(
            MetricsScenario.Events.Sum(sent => sent.Body.Length) + MetricsScenario.Events[0].Body.Length + Some.Event(21).Body.Length,
            scenario.After["scouthook_receive_body_size_bytes_sum", ("scouthook_source", "default")]);
        Assert.True(scenario.After.Sum("scouthook_receive_duration_seconds_sum") > 1, "one request waited for the store");
    }

    [Fact]
    public void Events_are_counted_by_outcome()
    {
        const string metric = "scouthook_inbox_events_total";

        Assert.Equal(3, Of(metric, "convo.status", "stored"));
        Assert.Equal(1, Of(metric, "convo.status", "repeat"));
        Assert.Equal(2, Of(metric, "convo.assigned", "stored"));
        Assert.Equal(1, Of(metric, "other", "stored"));
        Assert.Equal(7, scenario.After.Sum(metric));
        Assert.Equal(7, scenario.After["scouthook_inbox_commit_size_sum"]);
        Assert.Equal(scenario.After["scouthook_inbox_commit_size_count"], scenario.After["scouthook_inbox_commit_duration_seconds_count"]);
        Assert.Equal(1, scenario.After["scouthook_inbox_failures_total"]);
    }

    [Fact]
    public void Deliveries_and_attempts_are_counted_by_endpoint_and_outcome()
    {
        const string metric = "scouthook_delivery_attempt_duration_seconds_count";

        // Six to each of two endpoints, and two to the third.
        Assert.Equal(14, scenario.After["scouthook_dispatch_deliveries_total"]);
        Assert.Equal(6, scenario.After[metric, ("scouthook_endpoint", scenario.Id("taking")), ("scouthook_outcome", "delivered")]);
        Assert.Equal(4, scenario.After[metric, ("scouthook_endpoint", scenario.Id("failing")), ("scouthook_outcome", "rejected")]);
        Assert.Equal(10, scenario.After.Sum(metric));
    }

    [Fact]
    public void Pending_deliveries_and_dead_letters_are_counted_by_endpoint()
    {
        const string pending = "scouthook_delivery_pending", dead = "scouthook_delivery_dead_letters";
        const string age = "scouthook_delivery_oldest_pending_age_seconds";

        Assert.Equal([0.0, 0, 6], Each(pending));
        Assert.Equal([0.0, 2, 0], Each(dead));
        Assert.Equal([0.0, 0], Each(age)[..2]);
        Assert.InRange(Each(age)[2], 0.001, 60);
        Assert.True(
            Each(age)[2] > scenario.Before[age, ("scouthook_endpoint", scenario.Id("waiting"))], "the age rises from one look to the next");

        double[] Each(string metric) =>
            [.. new[] { "taking", "failing", "waiting" }.Select(it => scenario.After[metric, ("scouthook_endpoint", scenario.Id(it))])];
    }

    [Fact]
    public void Names_follow_the_rules_of_Prometheus_and_OpenTelemetry()
    {
        Assert.All(scenario.After.Metrics, metric =>
        {
            Assert.Equal(metric.Kind is "counter", metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.NotEmpty(metric.Help);
        });
        string[] ofTheProcess =
        [
            "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_collections_total",
            "dotnet_thread_pool_thread_count", "kestrel_active_connections", "kestrel_connection_duration_seconds",
        ];
        Assert.Superset(ofTheProcess.ToHashSet(), scenario.After.Metrics.Select(metric => metric.Name).ToHashSet());
        Assert.Single(scenario.After.Samples, sample => sample.Name == "kestrel_active_connections");
    }

    [Fact]
    public void Histograms_have_the_buckets_that_the_instruments_advise()
    {
        Assert.Contains("0.0005", Limits("scouthook_receive_duration_seconds"));
        Assert.Contains("16777216", Limits("scouthook_receive_body_size_bytes"));
        Assert.Contains("512", Limits("scouthook_inbox_commit_size"));

        IEnumerable<string?> Limits(string histogram) =>
            scenario.After.Samples.Where(sample => sample.Name == histogram + "_bucket").Select(sample => sample.Labels.GetValueOrDefault("le"));
    }

    [Fact]
    public void Documentation_lists_exactly_the_exported_metrics_with_kind_and_labels()
    {
        var exported = scenario.After.Metrics.Where(it => it.Name.StartsWith(Ours, StringComparison.Ordinal)).Select(it =>
            $"{it.Name}: {it.Kind}, by {string.Join(' ', scenario.After.LabelsOf(it.Name))}");

        Assert.Equal(
            MetricsPage.Rows.Where(row => row.IsInThisScenario).Select(row => $"{row.Metric}: {row.Kind}, by {row.Labels}").Order(StringComparer.Ordinal),
            exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dashboard_and_alerts_use_only_metrics_and_labels_that_are_served()
    {
        var served = scenario.After.Samples.Select(sample => sample.Name).Concat(
            MetricsPage.Rows.Where(row => !row.IsInThisScenario).Select(row => row.Metric)).ToHashSet();
        var labels = scenario.After.Samples.SelectMany(sample => sample.Labels.Keys)
            .Concat(MetricsPage.Rows.Where(row => row.Metric.Length > 0).SelectMany(row => row.Labels.Split(' '))).ToHashSet();

        foreach (var (place, expression) in PromQl.Expressions())
        {
            Assert.All(PromQl.MetricsIn(expression), name => Assert.True(served.Contains(name), $"{place}: nothing serves {name}"));
            Assert.All(PromQl.LabelsIn(expression), name => Assert.True(labels.Contains(name), $"{place}: no metric has {name}"));
        }
    }

    [Fact]
    public void Dashboard_and_alerts_show_what_an_operator_must_know()
    {
        var used = PromQl.Expressions().SelectMany(query => PromQl.MetricsIn(query.Expression)).ToHashSet();

        string[] required =
        [
            "scouthook_receive_requests_total", "scouthook_inbox_failures_total", "scouthook_delivery_dead_letters",
            "scouthook_delivery_oldest_pending_age_seconds", "scouthook_webhook_ok", "scouthook_inbox_commit_duration_seconds_bucket",
        ];
        Assert.Superset(required.ToHashSet(), used);
    }

    private double Of(string metric, string type, string outcome) => scenario.After[
        metric, ("scouthook_source", "default"), ("scouthook_event_type", type), ("scouthook_outcome", outcome)];
}
