using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Api.Requests;
using Scouthook.Management.Authentication;
using Scouthook.Management.Problems;
using Scouthook.Management.Services;

namespace Scouthook.Management.Api;

/// <summary>Streams all changes as they happen, as server-sent events.</summary>
internal static class StreamApi
{
    private const string LastEventId = "Last-Event-ID";

    private const string RetryAfterSeconds = "5";

    private const int DefaultPingSeconds = 15;
    private const int MaxPingSeconds = 60;
    private const int LongestWait = 60;

    private static readonly ApiInput[] Inputs =
    [
        new("after", "Continue after this stream id; 0 returns everything that is stored. Starts now, if left out.")
        {
            Kind = ApiInputKind.Whole, Min = 0,
        },
        new("ping", "Send a ping after this many seconds of silence.")
        {
            Kind = ApiInputKind.Whole, Default = DefaultPingSeconds, Min = 1, Max = MaxPingSeconds,
        },
        new("wait", "End the response after its first messages, or after this many seconds without any; 0 does not wait. For clients "
            + "behind a proxy that buffers responses. The response does not end, if left out.")
        {
            Kind = ApiInputKind.Whole, Min = 0, Max = LongestWait,
        },
    ];

    public static void MapStream(this IEndpointRouteBuilder api) => api.MapGet("/stream", Follow)
        .WithTags("Overview")
        .Describe(
            "followStream", ApiRole.Viewer, "Streams events and attempts as they happen, as server-sent events",
            "`event: event` for each stored event, `event: attempt` for each finished attempt, `event: gap` if the "
            + "next messages are no longer available, `event: ping` after some silence. The header "
            + "`Last-Event-ID` resumes the stream and takes precedence over `after`.")
        .Takes(Inputs)
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream");

    private static IResult Follow(
        HttpRequest request,
        Caller caller,
        ChangeService desk,
        StreamLimiter slots,
        TimeProvider timeProvider,
        IHostApplicationLifetime lifetime,
        ILogger<ChangeStream> logger)
    {
        var reader = new QueryReader(request.Query, Inputs);
        var after = reader.Value<long>("after", TryReadPosition, "must be a stream id, or 0 for everything that is stored.");
        var ping = reader.Value<long>("ping", TryReadPingSeconds, $"must be a number of seconds from 1 to {MaxPingSeconds}.") ?? DefaultPingSeconds;
        var wait = reader.Value<long>("wait", TryReadWait, $"must be a number of seconds from 0 to {LongestWait}.");
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        // A browser that reconnects sends the header; its position takes precedence over the one in the query.
        var header = request.Headers[LastEventId].ToString();
        if (header.Length > 0)
        {
            if (!TryReadPosition(header, out var last))
            {
                return ApiProblem.Invalid(LastEventId, "must be a stream id.");
            }

            after = last;
        }

        if (slots.TryTake(caller, out var full) is not { } slot)
        {
            request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return TypedResults.Problem(full, statusCode: StatusCodes.Status429TooManyRequests, title: "Too Many Requests");
        }

        // The slot is released when the response ends, however it ends.
        request.HttpContext.Response.RegisterForDispose(slot);
        return new ChangeStream(
            desk,
            caller,
            after,
            TimeSpan.FromSeconds(wait is > 0 and var seconds ? Math.Min(ping, seconds) : ping),
            wait is { } longest ? TimeSpan.FromSeconds(longest) : null,
            timeProvider,
            logger,
            lifetime.ApplicationStopping);
    }

    private static bool TryReadPingSeconds(string text, out long seconds) =>
        TryReadPosition(text, out seconds) && seconds is >= 1 and <= MaxPingSeconds;

    private static bool TryReadWait(string text, out long seconds) =>
        TryReadPosition(text, out seconds) && seconds <= LongestWait;

    private static bool TryReadPosition(string text, out long place) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place);
}
