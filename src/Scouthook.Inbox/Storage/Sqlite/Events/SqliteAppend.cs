using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage.Relational;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Writes one event, or counts it as a repeat, inside the transaction of its batch.</summary>
internal static class SqliteAppend
{
    public static AppendOutcome Append(SqliteSession session, NewEvent added, TimeSpan repeatWindow)
    {
        var sourceId = session.SourceId(added.Source);
        var resource = added.Facts.Resource is { } reference ? SqliteResource.Find(session, sourceId, reference) : null;
        var kept = added.DeduplicationKey is { } key ? SqliteRecentKey.Find(session, key) : null;
        var decision = RepeatRule.Decide(added, kept, resource?.State, repeatWindow);
        if (decision is RepeatDecision.Repeat or RepeatDecision.ExcessCopy)
        {
            return Count(session, kept!.Value.Sequence, added);
        }

        var sequence = Insert(session, added, sourceId, decision);
        if (added.DeduplicationKey is not null)
        {
            SqliteRecentKey.Store(session, added.DeduplicationKey, RepeatRule.Keep(added, sequence, decision, kept));
        }

        SqliteResource.Store(session, sourceId, added, sequence, resource);
        return new AppendOutcome(
            sequence,
            IsRepeat: false,
            IsStale: decision is RepeatDecision.Stale,
            IsPossibleRepeat: decision is RepeatDecision.PossibleRepeat);
    }

    private static AppendOutcome Count(SqliteSession session, long sequence, NewEvent added)
    {
        session.Statement("UPDATE event SET repeats = repeats + 1, last_repeat_at = ?2 WHERE sequence = ?1")
            .Execute(sequence, StoredTime.From(added.ReceivedAt));
        return new AppendOutcome(sequence, IsRepeat: true, IsStale: false, IsPossibleRepeat: false);
    }

    private static long Insert(SqliteSession session, NewEvent added, long sourceId, RepeatDecision decision)
    {
        var facts = added.Facts;
        var receivedAt = StoredTime.From(added.ReceivedAt);
        session.Statement(
            """
            INSERT INTO event (
              id, source_id, event_type_id, state, state_reason, received_at, occurred_at,
              resource_kind, resource_id, ordering_kind, ordering_id, conversation_id, conversation_number,
              mailbox_id, customer_id, customer_email, title, actor, stale, possible_repeat, size, deduplication_key, aged_from,
              title_is_preview, changed_at, unindexed)
            VALUES (
              ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, 1)
            """).Execute(
            added.Id.ToByteArray(bigEndian: true),
            sourceId,
            session.EventTypeId(added.EventType),
            (long)facts.State,
            facts.StateReason,
            receivedAt,
            facts.OccurredAt is { } occurredAt ? StoredTime.From(occurredAt) : null,
            facts.Resource is { } resource ? (long)resource.Kind : null,
            facts.Resource is { } about ? SqliteResource.IdValue(about) : null,
            facts.OrdersWith is { } ordering ? (long)ordering.Kind : null,
            facts.OrdersWith is { } with ? SqliteResource.IdValue(with) : null,
            facts.ConversationId,
            facts.ConversationNumber,
            facts.MailboxId,
            facts.CustomerId,
            facts.CustomerEmail,
            facts.Title,
            facts.Actor,
            decision is RepeatDecision.Stale ? 1L : 0L,
            decision is RepeatDecision.PossibleRepeat ? 1L : 0L,
            (long)added.Body.Length,
            added.DeduplicationKey,
            StoredTime.AgedFrom(added.ReceivedAt, added.AgedAt),
            facts.TitleIsPreview ? 1L : 0L,
            facts.ChangedAt is { } changedAt ? StoredTime.From(changedAt) : null);

        var sequence = session.LastSequence;
        session.Statement("INSERT INTO event_body (sequence, headers, body) VALUES (?1, ?2, ?3)")
            .Execute(sequence, added.Headers, added.Body.ToArray());
        return sequence;
    }
}
