using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Finds the stored event names that patterns match.</summary>
internal static class SqliteEventTypes
{
    public static IReadOnlyList<long> Matching(SqliteConnection connection, IReadOnlyList<string> patterns) =>
    [
        .. connection.Query<(long Id, string Name)>("SELECT event_type_id, name FROM event_type")
            .Where(type => patterns.Any(pattern => EventPattern.Matches(pattern, type.Name)))
            .Select(type => type.Id),
    ];
}
