using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>One settled delivery in the plots of an endpoint.</summary>
/// <param name="At">When it was settled.</param>
/// <param name="LatencyMs">From creation to delivery; <see langword="null"/> if it was not delivered.</param>
/// <param name="Success">The share of successes among the last ten, in percent.</param>
internal sealed record DeliverySample(DateTimeOffset At, double? LatencyMs, double Success)
{
    private const int Average = 10;

    /// <param name="newest">Deliveries, newest first.</param>
    /// <returns>The settled ones, oldest first.</returns>
    public static IReadOnlyList<DeliverySample> Of(IReadOnlyList<DeliveryView> newest)
    {
        var settled = newest
            .Where(delivery => delivery is { SettledAt: not null, State: "delivered" or "deadLettered" })
            .OrderBy(delivery => delivery.SettledAt)
            .ToList();
        return
        [
            .. settled.Select((delivery, index) =>
            {
                var last = settled.Skip(Math.Max(0, index - Average + 1)).Take(Math.Min(Average, index + 1)).ToList();
                return new DeliverySample(
                    delivery.SettledAt!.Value,
                    delivery.State == "delivered" ? (delivery.SettledAt - delivery.CreatedAt)?.TotalMilliseconds : null,
                    100.0 * last.Count(one => one.State == "delivered") / last.Count);
            }),
        ];
    }
}
