namespace Scouthook.Events;

/// <summary>The origin of an event: the members that every event carries, whatever its type.</summary>
internal readonly record struct EventOrigin(
    string? Name, string Source, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    public static EventOrigin Unset { get; } = new(null, WebhookSource.DefaultName, default, default);
}
