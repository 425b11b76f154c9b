namespace Scouthook.Inbox.Model;

/// <summary>From where on a new endpoint gets events.</summary>
/// <param name="Kind">What it counts from.</param>
/// <param name="Since">Events received at this instant or later; only of <see cref="StartKind.Instant"/>.</param>
internal readonly record struct StartPosition(StartKind Kind, DateTimeOffset Since)
{
    public static StartPosition Now { get; }

    public static StartPosition Beginning { get; } = new(StartKind.Beginning, default);

    public static StartPosition At(DateTimeOffset since) => new(StartKind.Instant, since);
}
