using System.Globalization;
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
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else.
/// </remarks>
internal sealed class ChangeStream(IChangeLog log, StoreSignal signal, long? after, TimeProvider timeProvider) : IResult
{
    private const int Chunk = 200;

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var news = new Latch();
        signal.Changed += news.Set;
        try
        {
            var place = after ?? await log.LastAsync(cancellationToken);
            await WriteAsync(httpContext, string.Create(CultureInfo.InvariantCulture, $"id: {place}\nevent: start\ndata: {{}}\n\n"), cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                var page = await log.ReadAsync(place, Chunk, cancellationToken);
                if (page.Changes.Count > 0 || page.IsGap)
                {
                    await WriteAsync(httpContext, Text(page, place), cancellationToken);
                }

                if (page.Through > place)
                {
                    place = page.Through;
                    continue;
                }

                var started = timeProvider.GetTimestamp();
                await news.WaitAsync(Ping, timeProvider, cancellationToken);
                if (timeProvider.GetElapsedTime(started) >= Ping)
                {
                    await WriteAsync(httpContext, "event: ping\ndata: {}\n\n", cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The follower has gone.
        }
        finally
        {
            signal.Changed -= news.Set;
        }
    }

    private static string Text(ChangePage page, long place)
    {
        var text = new StringBuilder();
        if (page.IsGap)
        {
            text.Append(CultureInfo.InvariantCulture, $"event: gap\ndata: {{\"after\":{place}}}\n\n");
        }

        foreach (var change in page.Changes)
        {
            var (name, json) = change.Event is { } stored
                ? ("event", JsonSerializer.Serialize(EventJson.From(stored, default), GatewayJsonContext.Default.EventJson))
                : ("attempt", JsonSerializer.Serialize(
                    AttemptChangeJson.From(change.Delivery!, change.Attempt!), GatewayJsonContext.Default.AttemptChangeJson));
            text.Append(CultureInfo.InvariantCulture, $"id: {change.Id}\nevent: {name}\ndata: {json}\n\n");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
