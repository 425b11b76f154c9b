using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Writes the change log to one follower, from a place on, for as long as it stays.</summary>
internal sealed class ChangeStream(ChangeDesk desk, Caller caller, long after) : IResult
{
    private const string Ping = "event: ping\ndata: {}\n\n";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await WriteAsync(
                httpContext,
                string.Create(CultureInfo.InvariantCulture, $"id: {after}\nevent: start\ndata: {{}}\n\n"),
                cancellationToken);
            var place = after;
            await foreach (var page in desk.FollowAsync(caller, after, cancellationToken))
            {
                await WriteAsync(httpContext, page is null ? Ping : Text(page, place), cancellationToken);
                place = page?.Through ?? place;
            }
        }
        catch (OperationCanceledException)
        {
            // The follower has gone.
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
