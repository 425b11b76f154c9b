using System.Diagnostics;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Receiving;

/// <summary>The span of a commit: part of the trace of its only event, or a trace of its own that is linked to several.</summary>
internal static class CommitActivity
{
    /// <summary>Starts the span; <see langword="null"/> if no event of the batch is traced.</summary>
    /// <param name="requests">The spans of the requests whose events are committed.</param>
    public static Activity? Start(IEnumerable<Activity?> requests) => EventTrace.IsWanted
        ? EventTrace.StartBatch("scouthook.commit", requests.OfType<Activity>().Select(request => request.Context))
        : null;

    /// <summary>Ends a commit that succeeded; the spans of the requests are still open.</summary>
    public static void End(Activity? commit, int events, IEnumerable<Activity?> requests)
    {
        if (commit is null)
        {
            return;
        }

        commit.SetTag("scouthook.events", events).SetStatus(ActivityStatusCode.Ok).Stop();
        foreach (var request in requests.OfType<Activity>().Where(request => request.TraceId != commit.TraceId))
        {
            request.AddLink(new ActivityLink(commit.Context));
        }
    }
}
