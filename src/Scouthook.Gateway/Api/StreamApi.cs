using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>Everything that happens, as it happens, as server-sent events.</summary>
internal static class StreamApi
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapStream(this IEndpointRouteBuilder api) => api.MapGet("/stream", Follow);

    private static IResult Follow(HttpRequest request, IChangeLog log, StoreSignal signal, TimeProvider timeProvider)
    {
        var reader = new QueryReader(request.Query, "after", "ping");
        var after = reader.Value<long>("after", TryReadPlace, "must be the id of a message of this stream, or 0 for all that is kept.");
        var ping = reader.Value<long>("ping", TryReadPing, "must be a number of seconds from 1 to 60.");
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

        return new ChangeStream(
            log, signal, after, ping is { } seconds ? TimeSpan.FromSeconds(seconds) : ChangeStream.UsualPing, timeProvider);
    }

    private static bool TryReadPing(string text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds is >= 1 and <= 60;

    private static bool TryReadPlace(string text, out long place) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place);
}
