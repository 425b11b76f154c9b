using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>Writes the change log to one follower, from a place on, for as long as it stays.</summary>
internal sealed class ChangeStream(ChangeDesk desk, Caller caller, long? after, TimeSpan ping) : IResult
{
    private const string Silence = "event: ping\ndata: {}\n\n";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // A follower never goes by itself, and a gateway that stops must not wait for it.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted,
            httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var cancellationToken = either.Token;
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            var (place, isGap) = await desk.BeginAsync(caller, after, cancellationToken);
            await WriteAsync(
                httpContext,
                string.Create(CultureInfo.InvariantCulture, $"id: {place}\nevent: start\ndata: {{}}\n\n{(isGap ? Gap(after!.Value) : "")}"),
                cancellationToken);
            await foreach (var page in desk.FollowAsync(caller, place, ping, cancellationToken))
            {
                await WriteAsync(httpContext, page is null ? Silence : Text(page, place), cancellationToken);
                place = page?.Through ?? place;
            }
        }
        catch (OperationCanceledException)
        {
            // The follower has gone, or the gateway is about to.
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
