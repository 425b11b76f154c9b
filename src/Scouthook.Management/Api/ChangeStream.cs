using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Disclosure;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>
/// Writes the change log to one follower, from a position on, until it disconnects or the requested time is over.
/// </summary>
/// <remarks>
/// A proxy in between may hold back a response until it ends or fills a buffer. The headers ask it not to, and a
/// follower whose proxy ignores them can ask for responses that end: <paramref name="wait"/>. When the gateway stops,
/// the response ends where a follower can resume; a follower that does not read even that is disconnected, as the
/// server would otherwise wait for it until the stop times out.
/// </remarks>
internal sealed class ChangeStream(
    ChangeService desk,
    Caller caller,
    long? after,
    TimeSpan ping,
    TimeSpan? wait,
    TimeProvider timeProvider,
    ILogger logger,
    CancellationToken stopping) : IResult
{
    /// <summary>How long a follower may take to read the data waiting for it.</summary>
    public static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(5);

    private bool _hasNews;
    private bool _isCaughtUp;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CutOffAfterStop(httpContext);
        var gone = httpContext.RequestAborted;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        httpContext.Response.ContentType = "text/event-stream";
        AskProxiesToPassItOn(httpContext.Response.Headers);
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            var answer = httpContext.Response.BodyWriter;
            var (place, isGap) = await desk.BeginAsync(caller, after, end.Token);
            Write(answer, $"id: {place}\nevent: start\ndata: {{}}\n\n");
            if (isGap)
            {
                WriteGap(answer, after!.Value);
            }

            _hasNews = isGap;

            // At once, though the first changes may have to wait for their turn: receiving something shows that nothing
            // buffers.
            await FlushAsync(httpContext, answer);
            var started = timeProvider.GetTimestamp();
            await desk.FollowAsync(
                caller,
                place,
                ping,
                (page, before) => Write(answer, page, before),
                async isNews =>
                {
                    if (!isNews)
                    {
                        Write(answer, $"event: ping\ndata: {{}}\n\n");
                    }

                    await FlushAsync(httpContext, answer);
                    if (_hasNews ? wait is not null : IsLongEnough(isNews, timeProvider.GetElapsedTime(started)))
                    {
                        await end.CancelAsync();
                    }
                },
                end.Token);
        }
        catch (OperationCanceledException)
        {
            // The follower has disconnected, or the gateway is stopping.
        }
    }

    /// <summary>
    /// Returns whether a response without changes ends: after a ping, so that its reader sees that it was not cut off.
    /// </summary>
    private bool IsLongEnough(bool isNews, TimeSpan elapsed) =>
        _isCaughtUp && elapsed >= wait && (!isNews || wait == TimeSpan.Zero);

    /// <remarks>
    /// <c>no-store</c> as on every response of the API. <c>no-transform</c> is for compressing proxies, which would
    /// collect messages until there is enough to compress; <c>X-Accel-Buffering</c> is for nginx.
    /// </remarks>
    private static void AskProxiesToPassItOn(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>
    /// Flushes the written data. A follower that does not read it occupies memory, and is disconnected.
    /// </summary>
    private async ValueTask FlushAsync(HttpContext context, PipeWriter answer)
    {
        var flush = answer.FlushAsync(context.RequestAborted);
        if (flush.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await flush.AsTask().WaitAsync(ReadPatience, timeProvider, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            ManagementLog.FollowerStuck(logger, ReadPatience.TotalSeconds);
            context.Abort();
            throw new OperationCanceledException();
        }
    }

    private void CutOffAfterStop(HttpContext context)
    {
        var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        late.Token.Register(context.Abort);
        var stop = stopping.Register(() => late.CancelAfter(LastWrite));

        // Only when the server has also written the end of the response.
        context.Response.RegisterForDispose(late);
        context.Response.RegisterForDispose(stop);
    }

    private void Write(PipeWriter answer, ChangePage page, long place)
    {
        _hasNews |= page.IsGap || page.Changes.Count > 0;
        _isCaughtUp = page.Through <= place;
        if (page.IsGap)
        {
            WriteGap(answer, place);
        }

        using var json = new Utf8JsonWriter(answer);
        foreach (var change in page.Changes)
        {
            if (change.Event is { } stored)
            {
                Write(answer, $"id: {change.Id}\nevent: event\ndata: ");
                JsonSerializer.Serialize(json, EventView.From(stored, default).For(caller), ManagementJsonContext.Default.EventView);
            }
            else
            {
                Write(answer, $"id: {change.Id}\nevent: attempt\ndata: ");
                JsonSerializer.Serialize(
                    json,
                    AttemptChangeView.From(change.Delivery!, change.Attempt!).For(caller),
                    ManagementJsonContext.Default.AttemptChangeView);
            }

            json.Reset();
            answer.Write("\n\n"u8);
        }
    }

    private static void WriteGap(PipeWriter answer, long after) =>
        Write(answer, $"event: gap\ndata: {{\"after\":{after}}}\n\n");

    private static void Write(PipeWriter answer, FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), answer);
}
