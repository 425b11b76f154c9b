using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>The result of leasing, before the events are read.</summary>
internal readonly record struct SqliteLeases(WebhookEndpoint? Endpoint, IReadOnlyList<SqliteLeasedRow> Rows, TimeSpan? NextDueIn);
