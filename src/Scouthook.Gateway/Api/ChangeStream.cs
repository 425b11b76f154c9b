using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Inbox;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Writes the change log to one follower, from a place on, for as long as it stays.</summary>
/// <remarks>
/// Each follower reads the store at its own pace, so one that stops reading costs its connection and nothing else.
/// </remarks>
internal sealed class ChangeStream(IChangeLog log, StoreSignal signal, long? after, TimeSpan ping, TimeProvider timeProvider) : IResult
{
    private const int Chunk = 200;

    /// <summary>After how much silence it says that it is still there.</summary>
    public static TimeSpan UsualPing { get; } = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A follower never goes by itself: a gateway that is to stop would wait for it, and receive nothing meanwhile.
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        var cancellationToken = end.Token;
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var news = new Latch();
        signal.Changed += news.Set;
        try
        {
            // A place that has not come yet is one of a store that was put back from a backup since: nothing would come for it.
            var last = await log.LastAsync(cancellationToken);
            var place = after <= last ? after.Value : last;
            await WriteAsync(httpContext, string.Create(CultureInfo.InvariantCulture, $"id: {place}\nevent: start\ndata: {{}}\n\n"), cancellationToken);
            if (after > last)
            {
                await WriteAsync(httpContext, Gap(after.Value), cancellationToken);
            }

            var said = timeProvider.GetTimestamp();
            while (!cancellationToken.IsCancellationRequested)
            {
                var page = await log.ReadAsync(place, Chunk, cancellationToken);
                if (page.Changes.Count > 0 || page.IsGap)
                {
                    await WriteAsync(httpContext, Text(page, place), cancellationToken);
                    said = timeProvider.GetTimestamp();
                }

                if (page.Through > place)
                {
                    place = page.Through;
                    continue;
                }

                // Counted from what was said last, and not from when it began to wait: a timer may end a little early, and news
                // may be of something that followers are not told.
                var left = ping - timeProvider.GetElapsedTime(said);
                if (left > TimeSpan.Zero)
                {
                    await news.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), timeProvider, cancellationToken);
                    continue;
                }

                await WriteAsync(httpContext, "event: ping\ndata: {}\n\n", cancellationToken);
                said = timeProvider.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            // The follower has gone, or the gateway is about to.
        }
        finally
        {
            signal.Changed -= news.Set;
        }
    }

    private static string Gap(long after) =>
        string.Create(CultureInfo.InvariantCulture, $"event: gap\ndata: {{\"after\":{after}}}\n\n");

    private static string Text(ChangePage page, long place)
    {
        var text = new StringBuilder();
        if (page.IsGap)
        {
            text.Append(Gap(place));
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
