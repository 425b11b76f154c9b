namespace Scouthook.Events;

/// <summary>Where an event came from: what every event carries, whatever its type.</summary>
internal readonly record struct EventOrigin(
    string? Name, string Source, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    public static EventOrigin Unset { get; } = new(null, WebhookSource.DefaultName, default, default);
}
