using Dapper;
using Npgsql;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Finds the stored event names that a filter matches.</summary>
internal static class PostgreSqlEventTypes
{
    public static IReadOnlyList<long> Matching(NpgsqlConnection connection, EventTypeFilter filter) =>
    [
        .. connection.Query<(long Id, string Name)>("SELECT event_type_id, name FROM event_type")
            .Where(type => filter.Matches(type.Name))
            .Select(type => type.Id),
    ];
}
