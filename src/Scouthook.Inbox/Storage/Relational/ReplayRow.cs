using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>One row of <c>replay</c>.</summary>
/// <param name="RowId">The row number.</param>
/// <param name="Start">The position before the first event.</param>
/// <param name="Position">The position reached.</param>
/// <param name="Through">The position of the last event.</param>
/// <param name="Replay">The replay.</param>
internal sealed record ReplayRow(long RowId, long Start, long Position, long Through, Replay Replay)
{
    public const string Select =
        "SELECT replay_id, start, position, through, id, request, state, added, created_at, ended_at FROM replay";

    public ReplayRequest Request => Replay.Request;

    /// <summary>The replay with its place in the list of all.</summary>
    public (long Position, Replay Item) AsItem => (RowId, Replay);

    public static ReplayRow Read(IRow row)
    {
        var (start, position, through) = (row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        var state = (ReplayState)row.GetInt64(6);
        return new ReplayRow(row.GetInt64(0), start, position, through, new Replay
        {
            Id = row.GetGuid(4),
            Request = JsonSerializer.Deserialize<ReplayRequest>(row.GetString(5))!,
            State = state,
            Progress = state switch
            {
                ReplayState.Done => 1,
                _ when through <= start => 0,
                _ => (double)(position - start) / (through - start),
            },
            Added = row.GetInt64(7),
            CreatedAt = row.Instant(8),
            EndedAt = row.InstantOrNull(9),
        });
    }

    /// <summary>Makes a replay that begins now.</summary>
    public static Replay New(ReplayRequest request, DateTimeOffset now) => new()
    {
        Id = TimeOrderedId.At(now),
        Request = request,
        State = ReplayState.Running,
        Progress = 0,
        Added = 0,
        CreatedAt = now,
    };
}
