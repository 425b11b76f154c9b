using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Finds ids by their endings in one SQLite file.</summary>
/// <remarks>
/// Ids grow with time and their endings are random: an index on endings would touch a different page for every event
/// received. The index on whole ids is read from its newest end instead, up to a bound.
/// </remarks>
internal sealed class SqliteIdEndings(SqliteReader reader) : IIdEndings
{
    /// <summary>How many ids are compared; about 25 bytes each, in order.</summary>
    internal const int MaxCompared = 1_000_000;

    private const int Chunk = 100_000;
    private const int MaxMatches = 10;

    public Task<IdMatches> FindAsync(IdKind kind, string ending, CancellationToken cancellationToken) =>
        reader.LookUpAsync(connection => Find(connection, kind, ending, cancellationToken), cancellationToken);

    private static IdMatches Find(SqliteConnection connection, IdKind kind, string ending, CancellationToken cancellationToken)
    {
        var table = kind switch
        {
            IdKind.Event => "event",
            IdKind.Delivery => "delivery",
            IdKind.Endpoint => "endpoint",
            _ => "replay",
        };
        var onlyLive = kind is IdKind.Endpoint ? "AND deleted_at IS NULL" : "";

        // Whole bytes are compared in SQL; an odd digit before them here.
        var bytes = Convert.FromHexString(ending[(ending.Length % 2)..]);
        var found = new List<Guid>();
        var before = Enumerable.Repeat(byte.MaxValue, 17).ToArray();
        for (var compared = 0; compared < MaxCompared; compared += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = new { before, bytes, length = -bytes.Length, Chunk };
            var newest = string.Create(
                CultureInfo.InvariantCulture, $"SELECT id FROM {table} WHERE id < @before {onlyLive} ORDER BY id DESC LIMIT @Chunk");
            found.AddRange(connection.Query<byte[]>(
                    $"SELECT id FROM ({newest}) WHERE substr(id, @length) = @bytes", chunk)
                .Select(id => new Guid(id, bigEndian: true))
                .Where(id => id.ToString("N").EndsWith(ending, StringComparison.Ordinal)));
            if (found.Count >= MaxMatches)
            {
                return new IdMatches(found.GetRange(0, MaxMatches), IsComplete: false);
            }

            if (connection.ExecuteScalar<byte[]?>($"SELECT CASE WHEN count(*) = @Chunk THEN min(id) END FROM ({newest})", chunk) is not { } last)
            {
                return new IdMatches(found, IsComplete: true);
            }

            before = last;
        }

        return new IdMatches(found, IsComplete: false);
    }
}
