namespace Scouthook.Inbox.Model;

/// <summary>A key to the management API, without its secret.</summary>
internal sealed record ApiKey
{
    public const int MaxNameLength = 100;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required ApiRole Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}
