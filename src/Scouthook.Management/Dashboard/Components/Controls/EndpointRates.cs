using System.Globalization;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>The success rate of an endpoint.</summary>
internal static class EndpointRates
{
    public static string Success(StatisticsView.EndpointTotals? totals) => totals is { Attempts: > 0 }
        ? string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(1_000.0 * (totals.Attempts - totals.Failed) / totals.Attempts) / 10:0.#}%")
        : "–";

    public static string InWords(StatisticsView.EndpointTotals? totals) =>
        totals is { Attempts: > 0 } ? $"{Success(totals)} succeeded" : "no attempts";
}
