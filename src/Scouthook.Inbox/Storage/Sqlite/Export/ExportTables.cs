using static Scouthook.Inbox.Storage.Sqlite.Export.ExportColumn;

namespace Scouthook.Inbox.Storage.Sqlite.Export;

/// <summary>Lists what a store consists of: each table after those that it refers to.</summary>
/// <remarks>
/// The identity of the store is exported with <see cref="SqliteExport.StoreId"/>. Left out are <c>checks</c> and
/// <c>synced</c>, which count writes to this file, and what its indexes contain.
/// </remarks>
internal static class ExportTables
{
    public static IReadOnlyList<ExportTable> All { get; } =
    [
        new("source", "FROM source ORDER BY source_id", Int32("source_id"), Text("name")) { Numbered = "source_id" },
        new("event_type", "FROM event_type ORDER BY event_type_id", Int32("event_type_id"), Text("name")) { Numbered = "event_type_id" },
        Events(),
        new("event_body", "FROM event_body ORDER BY sequence", Int64("sequence"), Text("headers"), Bytes("body")),
        new(
            "recent_key",
            "FROM recent_key ORDER BY deduplication_key",
            Bytes("deduplication_key"), Int64("received_at"), Int64("sequence"), Bytes("earlier")),
        Resources(),
        SearchTerms(),
        new("upkeep", "FROM upkeep WHERE name NOT IN ('checks', 'synced', 'indexed_through') ORDER BY name", Text("name"), Int64("value")),
        new(
            "declaration",
            "FROM declaration ORDER BY declaration_id",
            Int32("declaration_id"), Int16("origin"), Text("fingerprint"), Int64("first_seen_at"), Int64("confirmed_at"),
            Guid("confirmed_by")) { Numbered = "declaration_id" },
        Endpoints(),
        new(
            "endpoint_position",
            "FROM endpoint_position ORDER BY endpoint_id",
            Int32("endpoint_id"), Int64("dispatched_through")),
        new(
            "endpoint_health",
            "FROM endpoint_health ORDER BY endpoint_id",
            Int32("endpoint_id"), Int32("failures"), Int64("last_failed_at"), Text("last_error"), Int64("last_delivered_at"),
            Int32("failing_days"), Int64("failing_day_at"), Int64("failing_day_age")),
        Deliveries(),
        new(
            "attempt",
            "FROM attempt ORDER BY delivery_id, number",
            Int64("delivery_id"), Int32("number"), Int64("started_at"), Int64("duration"), Int16("outcome"), Int32("status_code"),
            Text("error"), Text("response_headers"), Bytes("response_body")),
        new(
            "replay",
            "FROM replay ORDER BY replay_id",
            Int64("replay_id"), Guid("id"), Text("request"), Int16("state"), Int64("start"), Int64("position"), Int64("through"),
            Int64("added"), Int64("created_at"), Int64("ended_at")) { Numbered = "replay_id" },
        new("retained_event", "FROM retained_event ORDER BY sequence", Int64("sequence")),
        new(
            "api_key",
            "FROM api_key ORDER BY key_id",
            Int32("key_id"), Guid("id"), Text("name"), Int16("role"), Bytes("hash"), Int64("created_at"), Int64("expires_at"),
            Int64("revoked_at")) { Numbered = "key_id" },
        new(
            "audit",
            "FROM audit ORDER BY audit_id",
            Int64("audit_id"), Int64("at"), Text("actor"), Guid("actor_key_id"), Text("action"), Text("target"), Text("detail"))
        {
            Numbered = "audit_id",
        },
        new(
            "change",
            "FROM change ORDER BY change_id",
            Int64("change_id"), Int64("ids"), Int64("sequence"), Int64("delivery_id"), Int32("number")),
        .. Statistics(),
        new(
            "source_secret",
            "FROM source_secret ORDER BY source_secret_id",
            Int32("source_secret_id"), Text("source"), Text("fingerprint"), Bytes("secret"), Int64("added_at"), Int64("expires_at"))
        {
            Numbered = "source_secret_id",
        },
    ];

    /// <summary>A text that other stores cannot keep as it is.</summary>
    private static string HasNull(string column) => $"instr({column}, char(0)) > 0";

    private static ExportTable Events() => new(
        "event",
        "FROM event e ORDER BY e.sequence",
        Int64("sequence"), Guid("id"), Int64("received_at"), Int64("occurred_at"), Int64("changed_at"), Int64("aged_from"),
        Int64("last_repeat_at"), Int64("conversation_id"), Int64("conversation_number"), Int64("mailbox_id"), Int64("customer_id"),
        Int32("source_id"), Int32("event_type_id"), Int32("size"), Int32("repeats"), Int16("state"), Int16("resource_kind"),
        Int16("ordering_kind"), Boolean("stale"), Boolean("possible_repeat"),
        Boolean("title_is_preview", SqliteEventRow.TitleIsPreviewColumn),
        Text("resource_id", "CAST(resource_id AS TEXT)"), Text("ordering_id", "CAST(ordering_id AS TEXT)"), Text("state_reason"),
        Text("customer_email"), Text("title"), Text("actor"), Bytes("deduplication_key")) { Numbered = "sequence" };

    /// <summary>Ids that differ only in U+0000 and its replacement are one resource elsewhere, in its newest state.</summary>
    private static ExportTable Resources() => new(
        "resource",
        $"""
        FROM resource WHERE NOT {HasNull("resource_id")}
        UNION ALL
        SELECT source_id, resource_kind, storable(CAST(resource_id AS BLOB)), max(last_sequence), newest_occurred_at, deleted_sequence,
          title, customer_email, number
        FROM resource r
        WHERE {HasNull("resource_id")} AND NOT EXISTS (
          SELECT 1 FROM resource plain
          WHERE plain.source_id = r.source_id AND plain.resource_kind = r.resource_kind
            AND plain.resource_id = storable(CAST(r.resource_id AS BLOB)))
        GROUP BY 1, 2, 3
        """,
        Int32("source_id"), Int16("resource_kind"), Text("resource_id", "CAST(resource_id AS TEXT)"), Int64("last_sequence"),
        Int64("newest_changed_at", "newest_occurred_at"), Int64("deleted_sequence"), Text("title"), Text("customer_email"),
        Int64("number"));

    private static ExportTable SearchTerms()
    {
        var hasNull = $"({HasNull("term")} OR {HasNull("resource_id")})";
        return new(
            "search_term",
            $"""
            FROM search_term WHERE NOT {hasNull}
            UNION ALL
            SELECT DISTINCT storable(CAST(term AS BLOB)), resource_kind, storable(CAST(resource_id AS BLOB))
            FROM search_term r
            WHERE {hasNull} AND NOT EXISTS (
              SELECT 1 FROM search_term plain
              WHERE plain.term = storable(CAST(r.term AS BLOB)) AND plain.resource_kind = r.resource_kind
                AND CAST(plain.resource_id AS TEXT) = storable(CAST(r.resource_id AS BLOB)))
            """,
            Text("term"), Int16("resource_kind"), Text("resource_id", "CAST(resource_id AS TEXT)"));
    }

    private static ExportTable Endpoints() => new(
        "endpoint",
        "FROM endpoint ORDER BY endpoint_id",
        Int32("endpoint_id"), Guid("id"), Text("name"), Int16("kind"), Int16("origin"), Text("url"), Text("events"),
        Text("mailbox_ids"), Int32("states"), Int16("ordering"), Int64("timeout"), Int32("concurrency"), Bytes("secrets"),
        Boolean("secret_declared"), Int16("state"), Text("state_reason"), Int16("undeclared_from"), Int32("declaration_id"),
        Int64("revision"), Int64("failing_since"), Int64("created_at"), Int64("deleted_at")) { Numbered = "endpoint_id" };

    /// <summary>No process holds the leases any more, so they are exported as expired: the other store makes them pending.</summary>
    private static ExportTable Deliveries() => new(
        "delivery",
        "FROM delivery ORDER BY delivery_id",
        Int64("delivery_id"), Guid("id"), Int64("sequence"), Int64("ordering_key"), Int64("next_attempt_at"), Int64("lease_token"),
        Int64("lease_until", "CASE WHEN state = 1 THEN 0 ELSE lease_until END"), Int64("replay_id"), Int64("replaced_by"),
        Int64("created_at"), Int64("settled_at"), Int64("aged_from"), Int32("endpoint_id"), Int32("attempts"), Int32("earlier"),
        Int16("state"), Boolean("holds"), Text("reason")) { Numbered = "delivery_id" };

    private static IEnumerable<ExportTable> Statistics() =>
    [
        new(
            "event_count",
            "FROM event_count ORDER BY resolution, bucket, source_id, event_type_id, state",
            Int32("resolution"), Int64("bucket"), Int32("source_id"), Int32("event_type_id"), Int16("state"), Int64("events")),
        new(
            "delivered_count",
            "FROM delivered_count ORDER BY resolution, bucket, source_id, event_type_id",
            Int32("resolution"), Int64("bucket"), Int32("source_id"), Int32("event_type_id"), Int64("deliveries")),
        new(
            "attempt_count",
            "FROM attempt_count ORDER BY resolution, bucket, endpoint_id, outcome",
            Int32("resolution"), Int64("bucket"), Int32("endpoint_id"), Int16("outcome"), Int64("attempts"), Int64("duration")),
        new(
            "latency_count",
            "FROM latency_count ORDER BY resolution, bucket, endpoint_id, kind",
            Int32("resolution"), Int64("bucket"), Int32("endpoint_id"), Int16("kind"), Bytes("bins")),
    ];
}
