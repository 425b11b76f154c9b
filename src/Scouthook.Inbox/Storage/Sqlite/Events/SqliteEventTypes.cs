using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Finds the stored event names that a filter matches.</summary>
internal static class SqliteEventTypes
{
    public static IReadOnlyList<long> Matching(SqliteConnection connection, EventTypeFilter filter) =>
    [
        .. connection.Query<(long Id, string Name)>("SELECT event_type_id, name FROM event_type")
            .Where(type => filter.Matches(type.Name))
            .Select(type => type.Id),
    ];
}
