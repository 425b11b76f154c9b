using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Inbox;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Writes the change log to one follower, from a place on, for as long as it stays.</summary>
/// <remarks>
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else. When the
/// gateway stops, the answer ends where a follower can go on from; one that does not take even that is cut off, as the
/// server would wait for it until the stop has to end.
/// </remarks>
internal sealed class ChangeStream(
    IChangeLog log,
    StoreSignal signal,
    FollowerTurns turns,
    long? after,
    TimeProvider timeProvider,
    CancellationToken stopping) : IResult
{
    private const int Chunk = 200;

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CutOffAfterStop(httpContext);
        var cancellationToken = httpContext.RequestAborted;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var news = new Latch();
        signal.Changed += news.Set;
        try
        {
            var place = after ?? await log.LastAsync(cancellationToken);
            var answer = httpContext.Response.BodyWriter;
            Write(answer, $"id: {place}\nevent: start\ndata: {{}}\n\n");
            await answer.FlushAsync(cancellationToken);
            while (!end.IsCancellationRequested)
            {
                var through = await ReadAsync(answer, place, end.Token);
                await answer.FlushAsync(cancellationToken);
                if (through > place)
                {
                    place = through;
                    continue;
                }

                var started = timeProvider.GetTimestamp();
                await news.WaitAsync(Ping, timeProvider, end.Token);
                if (timeProvider.GetElapsedTime(started) >= Ping)
                {
                    Write(answer, $"event: ping\ndata: {{}}\n\n");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The follower has gone, or the gateway goes.
        }
        finally
        {
            signal.Changed -= news.Set;
        }
    }

    /// <summary>Puts what comes next into the answer, when it is this follower's turn.</summary>
    /// <returns>The place up to which it was told.</returns>
    private async Task<long> ReadAsync(PipeWriter answer, long place, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken);
        var page = await log.ReadAsync(place, Chunk, cancellationToken);
        Write(answer, page, place);
        return page.Through;
    }

    private void CutOffAfterStop(HttpContext context)
    {
        var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        late.Token.Register(context.Abort);
        var stop = stopping.Register(() => late.CancelAfter(LastWrite));

        // Only when the server has written the end of the answer, too.
        context.Response.RegisterForDispose(late);
        context.Response.RegisterForDispose(stop);
    }

    private static void Write(PipeWriter answer, ChangePage page, long place)
    {
        if (page.IsGap)
        {
            Write(answer, $"event: gap\ndata: {{\"after\":{place}}}\n\n");
        }

        using var json = new Utf8JsonWriter(answer);
        foreach (var change in page.Changes)
        {
            if (change.Event is { } stored)
            {
                Write(answer, $"id: {change.Id}\nevent: event\ndata: ");
                JsonSerializer.Serialize(json, EventJson.From(stored, default), GatewayJsonContext.Default.EventJson);
            }
            else
            {
                Write(answer, $"id: {change.Id}\nevent: attempt\ndata: ");
                JsonSerializer.Serialize(
                    json,
                    AttemptChangeJson.From(change.Delivery!, change.Attempt!),
                    GatewayJsonContext.Default.AttemptChangeJson);
            }

            json.Reset();
            answer.Write("\n\n"u8);
        }
    }

    private static void Write(PipeWriter answer, FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), answer);
}
