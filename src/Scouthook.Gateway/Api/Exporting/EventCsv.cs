using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Exporting;

/// <summary>Exports a list of events as CSV (RFC 4180), page after page, without holding it in memory.</summary>
internal sealed class EventCsv(EventDesk desk, Caller caller, EventQuery query, bool onlyOnePage) : IResult
{
    // Without it, spreadsheets read UTF-8 as the local code page.
    private const string ByteOrderMark = "\uFEFF";

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\t\r\n");

    private const string Header =
        "id,sequence,source,type,state,stateReason,receivedAt,occurredAt,changedAt,resourceKind,resourceId,conversationId,"
        + "conversationNumber,mailboxId,customerId,title,actor,stale,repeat,repeats,lastRepeatAt,size\r\n";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        var page = await desk.ListAsync(caller, query, cancellationToken);

        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"events.csv\"";
        await httpContext.Response.WriteAsync(ByteOrderMark + Header, cancellationToken);
        while (true)
        {
            var lines = new StringBuilder();
            foreach (var stored in page.Events)
            {
                var json = EventJson.From(stored, default);
                AppendLine(lines, caller.May(ApiRole.Operator) ? json : (EventJson)json.ForViewers());
            }

            await httpContext.Response.WriteAsync(lines.ToString(), cancellationToken);
            if (page.Next is not { } next || onlyOnePage)
            {
                return;
            }

            page = await desk.ListAsync(caller, query with { Before = next }, cancellationToken);
        }
    }

    private static void AppendLine(StringBuilder lines, EventJson it)
    {
        object?[] cells =
        [
            it.Id, it.Sequence, it.Source, it.Type, it.State, it.StateReason, it.ReceivedAt, it.OccurredAt,
            it.ChangedAt, it.Resource?.Kind, it.Resource?.Id.ToString(), it.ConversationId, it.ConversationNumber, it.MailboxId,
            it.CustomerId, it.Title, it.Actor, it.Stale, it.Repeat, it.Repeats, it.LastRepeatAt, it.Size,
        ];
        lines.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTimeOffset instant =>
            instant.UtcDateTime.ToString(InstantJsonConverter.Format, CultureInfo.InvariantCulture),
        string text => Text(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Text(string text)
    {
        // Customers choose titles and names, and a spreadsheet would run one that looks like a formula.
        var safe = CsvFormula.IsOne(text) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(NeedQuotes)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
