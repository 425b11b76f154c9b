using System.Text.Json;
using Scouthook.Events;
using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>An event as a test sends it: a name and the exact bytes of a body.</summary>
/// <remarks>
/// Where a method accepts one, the name alone is enough (<c>"convo.created"</c> selects its sample), and so is a typed
/// event (<c>new ConversationCreated { … }</c>), which is serialized the way Help Scout writes JSON.
/// </remarks>
public sealed class OutgoingEvent
{
    /// <summary>Creates an event from bytes that are sent unchanged.</summary>
    /// <param name="name">The event name, in the catalogue or not.</param>
    /// <param name="body">The body. It need not be JSON.</param>
    public OutgoingEvent(string name, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(name);

        Name = name;
        Body = body;
    }

    /// <summary>Creates an event from a typed payload, serialized the way Help Scout writes JSON.</summary>
    /// <param name="name">The event name, in the catalogue or not.</param>
    /// <param name="payload">The payload; it need not be of the type expected for the name.</param>
    /// <exception cref="ArgumentException">The payload is not a body of any event, only a part of one.</exception>
    public OutgoingEvent(string name, HelpScoutPayload payload)
        : this(name, Write(payload))
    {
    }

    /// <summary>The event name: the value of <c>X-HelpScout-Event</c>.</summary>
    public string Name { get; }

    /// <summary>The body, byte for byte as it is sent and signed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The event type in the catalogue, or <see langword="null"/> if the name is not one of the 26.</summary>
    public HelpScoutEventType? EventType => HelpScoutEventCatalog.Find(Name);

    /// <summary>Creates an event from a typed one: from its body or, if it has none, from its payload, serialized the way Help Scout writes JSON.</summary>
    /// <param name="helpScoutEvent">The typed event.</param>
    /// <returns>The event to send.</returns>
    /// <exception cref="ArgumentException">The event has neither a body nor a payload.</exception>
    public static OutgoingEvent From(HelpScoutEvent helpScoutEvent)
    {
        ArgumentNullException.ThrowIfNull(helpScoutEvent);

        if (!helpScoutEvent.Body.IsEmpty)
        {
            return new OutgoingEvent(helpScoutEvent.Name, helpScoutEvent.Body);
        }

        return helpScoutEvent.Payload is { } payload
            ? new OutgoingEvent(helpScoutEvent.Name, payload)
            : throw new ArgumentException("An event without a payload requires a body.", nameof(helpScoutEvent));
    }

    /// <summary>Changes one member of the body and serializes the JSON as Help Scout does.</summary>
    /// <param name="path">The path, for example <c>status</c> or <c>_embedded.threads.0.body</c>.</param>
    /// <param name="value">The value: parsed as JSON if it is valid JSON, otherwise used as text.</param>
    /// <returns>The changed event; this one stays unchanged.</returns>
    /// <exception cref="FormatException">The path is empty or has an empty segment.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="InvalidOperationException">
    /// The path leads through a value that is neither an object nor an array.
    /// </exception>
    public OutgoingEvent With(string path, string value) =>
        new(Name, new PayloadEdit(path, value).ApplyTo(Body.Span));

    /// <summary>Returns the name and size, but nothing of the body.</summary>
    /// <returns>For example <c>convo.assigned, 2705 bytes</c>.</returns>
    public override string ToString() => $"{Name}, {Body.Length} bytes";

    private static byte[] Write(HelpScoutPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);

        var type = HelpScoutEventCatalog.All.FirstOrDefault(type => type.PayloadClrType == payload.GetType())
            ?? throw new ArgumentException($"{payload.GetType().Name} is not the body of any event.", nameof(payload));
        return PhpJson.Rewrite(JsonSerializer.SerializeToUtf8Bytes(payload, type.PayloadJson));
    }
}
