using System.Globalization;
using System.Text;
using Scouthook.Inbox.Model;

namespace Scouthook.Testing.Storing;

/// <summary>Says what kept a wait from ending: names, states and errors, nothing of the payloads.</summary>
internal static class PendingReport
{
    public const int MaxDeliveries = 20;

    public static string Write(
        TimeSpan timeout, long newest, IReadOnlyList<WebhookEndpoint> endpoints, IReadOnlyList<Delivery> pending)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Not everything received was handled within {timeout.TotalSeconds:0.###} s.");
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.State is not EndpointState.Enabled))
        {
            Line(text, $"{endpoint.Name} is {(endpoint.State is EndpointState.Paused ? "paused" : $"disabled: {endpoint.StateReason}")}");
        }

        foreach (var endpoint in endpoints.Where(endpoint => endpoint.DispatchedThrough < newest))
        {
            Line(text, string.Create(
                CultureInfo.InvariantCulture,
                $"{endpoint.Name}: dispatched through sequence {endpoint.DispatchedThrough}, received through {newest}"));
        }

        foreach (var delivery in pending.Take(MaxDeliveries))
        {
            Line(text, $"{delivery.EventType} to {delivery.EndpointName}: {Describe(delivery)}");
        }

        if (pending.Count > MaxDeliveries)
        {
            Line(text, "and more");
        }

        return text.ToString();
    }

    private static string Describe(Delivery delivery)
    {
        var what = delivery switch
        {
            { State: DeliveryState.Leased } => $"attempt {delivery.Attempts} is running",
            { NextAttemptAt: null } => "waits for an earlier event of the same resource",
            { NextAttemptAt: { } next } => string.Create(
                CultureInfo.InvariantCulture, $"waits for attempt {delivery.Attempts + 1}, due at {next.UtcDateTime:u}"),
        };
        return delivery.LastError is { } error ? $"{what}. Last error: {error}" : what;
    }

    private static void Line(StringBuilder text, string line) => text.AppendLine().Append("- ").Append(line);
}
