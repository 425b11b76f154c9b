using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Api;

/// <summary>Exports a list of events as CSV (RFC 4180), page after page, without holding it in memory.</summary>
internal sealed class EventCsv(EventService events, Caller caller, EventQuery query, bool onlyOnePage) : IResult
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
        var page = await ListAsync(query, cancellationToken);

        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"events.csv\"";
        await httpContext.Response.WriteAsync(ByteOrderMark + Header, cancellationToken);
        while (true)
        {
            var lines = new StringBuilder();
            foreach (var stored in page.Items)
            {
                AppendLine(lines, stored);
            }

            await httpContext.Response.WriteAsync(lines.ToString(), cancellationToken);
            if (page.Next is not { } next || onlyOnePage)
            {
                return;
            }

            page = await ListAsync(query with { Cursor = next }, cancellationToken);
        }
    }

    private Task<PageView<EventView>> ListAsync(EventQuery page, CancellationToken cancellationToken) =>
        events.ListAsync(caller, page, withDeliveries: false, cancellationToken);

    private static void AppendLine(StringBuilder lines, EventView stored)
    {
        object?[] cells =
        [
            stored.Id, stored.Sequence, stored.Source, stored.Type, stored.State, stored.StateReason, stored.ReceivedAt, stored.OccurredAt,
            stored.ChangedAt, stored.Resource?.Kind, stored.Resource?.Id.ToString(), stored.ConversationId, stored.ConversationNumber, stored.MailboxId,
            stored.CustomerId, stored.Title, stored.Actor, stored.Stale, stored.Repeat, stored.Repeats, stored.LastRepeatAt, stored.Size,
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
        // Customers choose titles and names, and a spreadsheet would evaluate one that looks like a formula.
        var safe = CsvFormula.IsOne(text) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(NeedQuotes)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
