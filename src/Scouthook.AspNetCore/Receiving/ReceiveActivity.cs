using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.Handling;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>The span of a request to a receiving path.</summary>
internal static class ReceiveActivity
{
    private const string Name = "scouthook.receive";

    /// <summary>Starts the span; <see langword="null"/> if nobody listens or it is not sampled.</summary>
    /// <remarks>
    /// It is inside the span of the server, if that is traced. Otherwise the server may still have an activity, which only
    /// gives log entries their ids: its child would not be sampled. Then this is the first span here, and continues the trace
    /// of the sender.
    /// </remarks>
    public static Activity? Start(HttpContext context)
    {
        var source = ScouthookTelemetry.Activities;
        if (!source.HasListeners())
        {
            return null;
        }

        if (Activity.Current is { Source.Name.Length: > 0 })
        {
            return source.StartActivity(Name);
        }

        var untraced = Activity.Current;
        Activity.Current = null;
        var headers = context.Request.Headers;
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var sender);
        var activity = source.StartActivity(Name, ActivityKind.Server, sender);
        if (activity is null)
        {
            Activity.Current = untraced;
        }

        return activity;
    }

    /// <summary>Adds what is known at the end of the request.</summary>
    public static void End(Activity activity, HttpContext context, string source, string eventType, string result)
    {
        activity.SetTag("scouthook.source", source)
            .SetTag("scouthook.event.type", eventType)
            .SetTag("scouthook.outcome", result)
            .SetStatus(result is ReceiveResult.Kept ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        if (activity.Kind is ActivityKind.Server)
        {
            activity.SetTag("http.request.method", HttpMethods.IsPost(context.Request.Method) ? HttpMethods.Post : "_OTHER")
                .SetTag("http.response.status_code", context.Response.StatusCode)
                .SetTag("http.route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        }
    }
}
