using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>Reads an attempt from a row.</summary>
internal static class AttemptRow
{
    public const string Columns = "a.delivery_id, a.number, a.started_at, a.duration, a.outcome, a.status_code, a.error";

    /// <summary>The columns of the response, after the others.</summary>
    public const string ResponseColumns = "a.response_headers, a.response_body";

    /// <param name="row">The row.</param>
    /// <param name="hasResponse">Whether it has the columns of the response.</param>
    public static (long Delivery, Attempt Attempt) Read(IRow row, bool hasResponse) =>
        (row.GetInt64(0), new Attempt((int)row.GetInt64(1), row.Instant(2), new AttemptResult
        {
            Duration = TimeSpan.FromMicroseconds(row.GetInt64(3)),
            Outcome = (AttemptOutcome)row.GetInt64(4),
            StatusCode = (int?)row.NumberOrNull(5),
            Error = row.TextOrNull(6),
            ResponseHeaders = hasResponse && row.TextOrNull(7) is { } headers
                ? [.. JsonSerializer.Deserialize<string[][]>(headers)!.Select(header => KeyValuePair.Create(header[0], header[1]))]
                : [],
            ResponseBody = hasResponse ? row.BytesOrNull(8) : null,
        }));
}
