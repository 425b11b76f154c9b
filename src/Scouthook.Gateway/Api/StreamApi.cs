using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Everything that happens, as it happens, as server-sent events.</summary>
internal static class StreamApi
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapStream(this IEndpointRouteBuilder api) => api.MapGet("/stream", Follow);

    private static IResult Follow(
        HttpRequest request,
        IChangeLog log,
        StoreSignal signal,
        FollowerTurns turns,
        TimeProvider timeProvider,
        IHostApplicationLifetime lifetime)
    {
        var reader = new QueryReader(request.Query, "after");
        var after = reader.Value<long>("after", TryReadPlace, "must be the id of a message of this stream, or 0 for all that is kept.");
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        // A browser that connects again sends the header; where it stands goes before where it began.
        var header = request.Headers[LastEventId].ToString();
        if (header.Length > 0)
        {
            if (!TryReadPlace(header, out var last))
            {
                return ApiProblem.Invalid(LastEventId, "must be the id of a message of this stream.");
            }

            after = last;
        }

        return new ChangeStream(log, signal, turns, after, timeProvider, lifetime.ApplicationStopping);
    }

    private static bool TryReadPlace(string text, out long place) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place);
}
