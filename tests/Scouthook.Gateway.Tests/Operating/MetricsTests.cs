namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The metrics at <c>/metrics</c>, compared with docs/telemetry.md.</summary>
public sealed class MetricsTests(MetricsScenario scenario) : IClassFixture<MetricsScenario>
{
    private const string Ours = "scouthook_";

    [Fact]
    public void Requests_are_counted_by_source_type_and_outcome()
    {
        foreach (var metric in new[] { "scouthook_receive_requests", "scouthook_receive_duration_count" })
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

        Assert.Equal(8, scenario.After["scouthook_receive_body_size_count", ("scouthook_source", "default")]);
        Assert.Equal(
            MetricsScenario.Events.Sum(sent => sent.Body.Length) + MetricsScenario.Events[0].Body.Length + Some.Event(21).Body.Length,
            scenario.After["scouthook_receive_body_size_sum", ("scouthook_source", "default")]);
        Assert.True(scenario.After.Sum("scouthook_receive_duration_sum") > 1, "one request waited for the store");
    }

    [Fact]
    public void Events_are_counted_by_outcome()
    {
        const string metric = "scouthook_inbox_events";

        Assert.Equal(3, Of(metric, "convo.status", "stored"));
        Assert.Equal(1, Of(metric, "convo.status", "repeat"));
        Assert.Equal(2, Of(metric, "convo.assigned", "stored"));
        Assert.Equal(1, Of(metric, "other", "stored"));
        Assert.Equal(7, scenario.After.Sum(metric));
        Assert.Equal(7, scenario.After["scouthook_inbox_commit_size_sum"]);
        Assert.Equal(scenario.After["scouthook_inbox_commit_size_count"], scenario.After["scouthook_inbox_commit_duration_count"]);
        Assert.Equal(1, scenario.After["scouthook_inbox_failures"]);
    }

    [Fact]
    public void Deliveries_and_attempts_are_counted_by_endpoint_and_outcome()
    {
        const string metric = "scouthook_delivery_attempt_duration_count";

        // Six to each of two endpoints, and two to the third.
        Assert.Equal(14, scenario.After["scouthook_dispatch_deliveries"]);
        Assert.Equal(6, scenario.After[metric, ("scouthook_endpoint", scenario.Id("taking")), ("scouthook_outcome", "delivered")]);
        Assert.Equal(4, scenario.After[metric, ("scouthook_endpoint", scenario.Id("failing")), ("scouthook_outcome", "rejected")]);
        Assert.Equal(10, scenario.After.Sum(metric));
    }

    [Fact]
    public void Pending_deliveries_and_dead_letters_are_counted_by_endpoint()
    {
        const string pending = "scouthook_delivery_pending", dead = "scouthook_delivery_dead_letters";
        const string age = "scouthook_delivery_oldest_pending_age";

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
    public void Counters_have_the_type_counter()
    {
        Assert.All(
            scenario.After.Metrics.Where(it => it.Help.EndsWith("(Counter`1)", StringComparison.Ordinal)
                || it.Help.EndsWith("(ObservableCounter`1)", StringComparison.Ordinal)),
            it => Assert.Equal("counter", it.Kind));
    }

    [Fact]
    public void Documentation_lists_exactly_the_exported_metrics_with_kind_unit_and_labels()
    {
        var exported = scenario.After.Metrics.Where(it => it.Name.StartsWith(Ours, StringComparison.Ordinal)).Select(it =>
            $"{it.Name}: {it.Kind}, {Unit(it.Help)}, by {string.Join(' ', scenario.After.LabelsOf(it.Name))}");

        Assert.Equal(Documented().Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
    }

    private static string Unit(string help) => help[1..help.IndexOf(')', StringComparison.Ordinal)];

    /// <summary>
    /// Reads the rows of the page (names, kind and unit, labels), except those marked as not in the gateway.
    /// </summary>
    private static IEnumerable<string> Documented() =>
        from line in File.ReadAllLines(Repository.PathOf("docs/telemetry.md"))
        where line.StartsWith("| `scouthook.", StringComparison.Ordinal) && !line.Contains("not in the gateway", StringComparison.Ordinal)
            && !line.Contains("only with `ManagementUrls`", StringComparison.Ordinal)
            && !line.Contains("only with credentials for Help Scout", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        let about = cells[2].Split(',', StringSplitOptions.TrimEntries)
        let labels = cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(label => Ours + label.Replace(' ', '_')).Order(StringComparer.Ordinal)
        from name in cells[1].Split(',', StringSplitOptions.TrimEntries)
        select $"{name.Trim('`').Replace('.', '_')}: {about[0].TrimEnd('s')}, {about[1].Trim('`')}, by {string.Join(' ', labels)}";

    private double Of(string metric, string type, string outcome) => scenario.After[
        metric, ("scouthook_source", "default"), ("scouthook_event_type", type), ("scouthook_outcome", outcome)];
}
