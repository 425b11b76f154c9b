using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Appends events to a PostgreSQL database.</summary>
internal sealed class PostgreSqlInbox(PostgreSqlWriter writer, TimeSpan repeatWindow) : IInbox
{
    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch) => batch.Count == 0
        ? []
        : await writer.RunAsync(session => new PostgreSqlAppend(session, repeatWindow).Run(batch), receiving: true);
}
