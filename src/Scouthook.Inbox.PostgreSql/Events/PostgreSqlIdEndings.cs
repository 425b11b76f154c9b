using System.Globalization;
using Dapper;
using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Finds ids by their endings in a PostgreSQL database.</summary>
/// <remarks>
/// Ids grow with time and their endings are random: an index on endings would touch a different page for every event
/// received. The index on whole ids is read from its newest end instead, up to a bound.
/// </remarks>
internal sealed class PostgreSqlIdEndings(PostgreSqlReader reader) : IIdEndings
{
    /// <summary>How many ids are compared; about 25 bytes each, in order.</summary>
    internal const int MaxCompared = 1_000_000;

    private const int Chunk = 100_000;
    private const int MaxMatches = 10;

    public Task<IdMatches> FindAsync(IdKind kind, string ending, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => Find(connection, kind, ending, cancellationToken), cancellationToken);

    private static IdMatches Find(NpgsqlConnection connection, IdKind kind, string ending, CancellationToken cancellationToken)
    {
        var table = kind switch
        {
            IdKind.Event => "event",
            IdKind.Delivery => "delivery",
            IdKind.Endpoint => "endpoint",
            _ => "replay",
        };
        var onlyLive = kind is IdKind.Endpoint ? "AND deleted_at IS NULL" : "";

        var found = new List<Guid>();
        var before = Guid.AllBitsSet;
        for (var compared = 0; compared < MaxCompared; compared += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = new { before, ending, length = ending.Length, Chunk };
            var newest = string.Create(
                CultureInfo.InvariantCulture, $"SELECT id FROM {table} WHERE id < @before {onlyLive} ORDER BY id DESC LIMIT @Chunk");
            found.AddRange(connection.Query<Guid>(
                    $"SELECT id FROM ({newest}) AS newest WHERE right(replace(id::text, '-', ''), @length) = @ending", chunk)
                .Where(id => id.ToString("N").EndsWith(ending, StringComparison.Ordinal)));
            if (found.Count >= MaxMatches)
            {
                return new IdMatches(found.GetRange(0, MaxMatches), IsComplete: false);
            }

            if (connection.ExecuteScalar<Guid?>($"{newest} OFFSET @Chunk - 1", chunk) is not { } last)
            {
                return new IdMatches(found, IsComplete: true);
            }

            before = last;
        }

        return new IdMatches(found, IsComplete: false);
    }
}
