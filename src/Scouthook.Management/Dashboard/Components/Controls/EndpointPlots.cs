using System.Globalization;
using Microsoft.AspNetCore.Components;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>The plots of an endpoint: attempts, their success, and how long deliveries took.</summary>
internal static class EndpointPlots
{
    public static RenderFragment Draw(EndpointStatisticsView statistics)
    {
        var step = TimeSpan.FromSeconds(Math.Max(1, statistics.StepSeconds));
        var at = Plot.Buckets(statistics.Since, statistics.Until, step);
        var moments = statistics.Series.ToDictionary(moment => moment.At);
        var attempts = Draw(
            "Attempts", value => $"{Describe.Number((long)value)} in {Describe.Span(step)}", null,
            new Plot.Line("attempts", "one", Values(moment => moment?.Attempts ?? 0)),
            new Plot.Line("failed", "bad", Values(moment => moment?.Failed ?? 0)));
        var success = Draw(
            "Success rate", value => string.Create(CultureInfo.InvariantCulture, $"{value:0.#}%"), 100,
            new Plot.Line("attempts that succeeded", "one", Values(moment => moment is { Attempts: > 0 }
                ? 100.0 * (moment.Attempts - moment.Failed) / moment.Attempts
                : null)));
        var latency = Draw(
            "Latency, received to delivered", value => Describe.Duration(value), null,
            new Plot.Line("p50", "two", Values(moment => moment?.DeliveryLatency.P50Ms)),
            new Plot.Line("p99", "three", Values(moment => moment?.DeliveryLatency.P99Ms)));
        return builder =>
        {
            builder.OpenElement(0, "div");
            builder.AddAttribute(1, "class", "plots");
            builder.AddContent(2, attempts);
            builder.AddContent(3, success);
            builder.AddContent(4, latency);
            builder.CloseElement();
        };

        RenderFragment Draw(string label, Func<double, string> format, double? full, params Plot.Line[] lines) => builder =>
        {
            builder.OpenElement(0, "div");
            builder.OpenElement(1, "h3");
            builder.AddContent(2, label);
            builder.CloseElement();
            builder.AddContent(3, Plot.Draw(label, statistics.Since, statistics.Until, at, lines, format, full));
            builder.CloseElement();
        };

        IReadOnlyList<double?> Values(Func<StatisticsView.Moment?, double?> value) =>
            [.. at.Select(bucket => value(moments.GetValueOrDefault(bucket)))];
    }
}
