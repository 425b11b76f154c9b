using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>One row of <c>replay</c>.</summary>
internal sealed class PostgreSqlReplayRow
{
    public long RowId { get; init; }

    public Guid Id { get; init; }

    public string Request { get; init; } = "";

    public long State { get; init; }

    public long Start { get; init; }

    public long Position { get; init; }

    public long Through { get; init; }

    public long Added { get; init; }

    public long CreatedAt { get; init; }

    public long? EndedAt { get; init; }

    public ReplayRequest ToRequest() => JsonSerializer.Deserialize<ReplayRequest>(Request)!;

    public Replay ToReplay() => new()
    {
        Id = Id,
        Request = ToRequest(),
        State = (ReplayState)State,
        Progress = (ReplayState)State switch
        {
            ReplayState.Done => 1,
            _ when Through <= Start => 0,
            _ => (double)(Position - Start) / (Through - Start),
        },
        Added = Added,
        CreatedAt = PostgreSqlTime.To(CreatedAt),
        EndedAt = PostgreSqlTime.To(EndedAt),
    };
}
