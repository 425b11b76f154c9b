using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The result of leasing, before the events are read.</summary>
internal readonly record struct PostgreSqlLeases(WebhookEndpoint? Endpoint, IReadOnlyList<PostgreSqlLeasedRow> Rows, TimeSpan? NextDueIn);
