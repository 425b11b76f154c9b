using System.Diagnostics;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>The span of an attempt, in the trace of its event.</summary>
/// <remarks>
/// Of the address of an endpoint, only the host is given: its user, path and query may be secrets.
/// </remarks>
internal static class AttemptActivity
{
    /// <summary>Starts the span; <see langword="null"/> if nobody listens or it is not sampled.</summary>
    public static Activity? Start(DeliveryLease lease)
    {
        if (!EventTrace.IsWanted)
        {
            return null;
        }

        // What the worker did before is not its parent.
        Activity.Current = null;
        var definition = lease.Endpoint.Definition;
        var activity = ScouthookTelemetry.Activities.StartActivity(
            "scouthook.attempt",
            definition.Url is null ? ActivityKind.Internal : ActivityKind.Client,
            EventTrace.Parent(EventTrace.Read(lease.Headers)));
        if (activity is not { IsAllDataRequested: true })
        {
            return activity;
        }

        activity.SetTag("scouthook.source", lease.Event.Source)
            .SetTag("scouthook.event.type", HelpScoutEventCatalog.Find(lease.Event.EventType)?.Name ?? "other")
            .SetTag("scouthook.event.id", lease.Event.Id.ToString())
            .SetTag("scouthook.delivery.id", lease.DeliveryId.ToString())
            .SetTag("scouthook.endpoint", lease.Endpoint.Id.ToString())
            .SetTag("scouthook.endpoint.name", lease.Endpoint.Name)
            .SetTag("scouthook.attempt", lease.Attempt);
        if (lease.Replay is { } replay)
        {
            activity.SetTag("scouthook.replay.id", replay.ToString());
        }

        if (definition.Url is { } url)
        {
            activity.SetTag("http.request.method", "POST").SetTag("server.address", url.Host).SetTag("server.port", url.Port);
        }

        return activity;
    }

    /// <summary>Adds the result.</summary>
    public static void End(Activity? activity, AttemptResult result)
    {
        if (activity is null)
        {
            return;
        }

        var outcome = DeliveryMetrics.Text(result.Outcome);
        activity.SetTag("scouthook.outcome", outcome);
        if (result.StatusCode is { } status)
        {
            activity.SetTag("http.response.status_code", status);
        }

        if (result.Outcome is AttemptOutcome.Delivered)
        {
            activity.SetStatus(ActivityStatusCode.Ok);
        }
        else
        {
            activity.SetTag("error.type", outcome).SetStatus(ActivityStatusCode.Error);
        }
    }
}
