namespace Scouthook.Inbox.Model;

/// <summary>The position from which a new endpoint gets events.</summary>
/// <param name="Kind">The reference point.</param>
/// <param name="Since">Events received at this time or later; only for <see cref="StartKind.Instant"/>.</param>
internal readonly record struct StartPosition(StartKind Kind, DateTimeOffset Since)
{
    public static StartPosition Now { get; }

    public static StartPosition Beginning { get; } = new(StartKind.Beginning, default);

    public static StartPosition At(DateTimeOffset since) => new(StartKind.Instant, since);
}
