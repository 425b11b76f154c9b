using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The new rows of <c>event</c> and <c>event_body</c>.</summary>
internal sealed class PostgreSqlEventInserts
{
    private readonly List<Row> _rows = [];

    public void Add(long sequence, NewEvent added, long sourceId, long eventTypeId, RepeatDecision decision) =>
        _rows.Add(new Row(sequence, added, (int)sourceId, (int)eventTypeId, decision));

    public void Write(PostgreSqlBatch writes)
    {
        writes.Add(
            """
            INSERT INTO event (
              sequence, id, source_id, event_type_id, state, state_reason, received_at, occurred_at, changed_at, aged_from,
              resource_kind, resource_id, ordering_kind, ordering_id, conversation_id, conversation_number, mailbox_id,
              customer_id, customer_email, title, title_is_preview, actor, stale, possible_repeat, size, deduplication_key)
            SELECT * FROM unnest(
              $1::bigint[], $2::uuid[], $3::int[], $4::int[], $5::smallint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
              $10::bigint[], $11::smallint[], $12::text[], $13::smallint[], $14::text[], $15::bigint[], $16::bigint[],
              $17::bigint[], $18::bigint[], $19::text[], $20::text[], $21::boolean[], $22::text[], $23::boolean[],
              $24::boolean[], $25::int[], $26::bytea[])
            """,
            All(row => row.Sequence),
            All(row => row.Added.Id),
            All(row => row.SourceId),
            All(row => row.EventTypeId),
            All(row => (short)row.Added.Facts.State),
            All(row => row.Added.Facts.StateReason),
            All(row => StoredTime.From(row.Added.ReceivedAt)),
            All(row => StoredTime.From(row.Added.Facts.OccurredAt)),
            All(row => StoredTime.From(row.Added.Facts.ChangedAt)),
            All(row => StoredTime.AgedFrom(row.Added.ReceivedAt, row.Added.AgedAt)),
            All(row => row.Added.Facts.Resource is { } resource ? (short?)resource.Kind : null),
            All(row => row.Added.Facts.Resource is { } resource ? PostgreSqlResource.IdOf(resource) : null),
            All(row => row.Added.Facts.OrdersWith is { } ordering ? (short?)ordering.Kind : null),
            All(row => row.Added.Facts.OrdersWith is { } ordering ? PostgreSqlResource.IdOf(ordering) : null),
            All(row => row.Added.Facts.ConversationId),
            All(row => row.Added.Facts.ConversationNumber),
            All(row => row.Added.Facts.MailboxId),
            All(row => row.Added.Facts.CustomerId),
            All(row => row.Added.Facts.CustomerEmail),
            All(row => row.Added.Facts.Title),
            All(row => row.Added.Facts.TitleIsPreview),
            All(row => row.Added.Facts.Actor),
            All(row => row.Decision is RepeatDecision.Stale),
            All(row => row.Decision is RepeatDecision.PossibleRepeat),
            All(row => row.Added.Body.Length),
            All(row => row.Added.DeduplicationKey));
        writes.Add(
            "INSERT INTO event_body (sequence, headers, body) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])",
            All(row => row.Sequence), All(row => row.Added.Headers), All(row => row.Added.Body.ToArray()));
    }

    private T[] All<T>(Func<Row, T> value) => [.. _rows.Select(value)];

    private readonly record struct Row(long Sequence, NewEvent Added, int SourceId, int EventTypeId, RepeatDecision Decision);
}
