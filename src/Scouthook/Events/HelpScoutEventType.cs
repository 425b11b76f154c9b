using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Parsing;
using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>One of the 26 kinds of event: a row of <see cref="HelpScoutEventCatalog"/>.</summary>
public sealed class HelpScoutEventType
{
    private readonly Func<HelpScoutPayload, HelpScoutEvent> _create;

    internal HelpScoutEventType(
        string messageName, string name, PayloadShape shape, ResourceKind? resource, JsonTypeInfo payloadJson,
        Type eventClass, Func<HelpScoutPayload, HelpScoutEvent> create)
    {
        MessageName = messageName;
        Name = name;
        Shape = shape;
        Resource = resource;
        PayloadJson = payloadJson;
        EventClass = eventClass;
        _create = create;
    }

    /// <summary>The event name on the wire, in <c>X-HelpScout-Event</c>: for example <c>convo.assigned</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the message in the AsyncAPI description: for example <c>convoAssigned</c>.</summary>
    public string MessageName { get; }

    /// <summary>The record that carries this event: for example <see cref="ConversationAssigned"/>.</summary>
    public Type EventClass { get; }

    /// <summary>The type of its payload: for example <see cref="Conversation"/>.</summary>
    public Type PayloadClass => PayloadJson.Type;

    /// <summary>Source-generated JSON metadata of the payload, to read or write one without reflection.</summary>
    public JsonTypeInfo PayloadJson { get; }

    /// <summary>What the event is about.</summary>
    /// <value><see langword="null"/> for survey answers, which carry no id.</value>
    public ResourceKind? Resource { get; }

    /// <summary>Whether the body holds only the id of something that was deleted.</summary>
    public bool IsDeletion => Shape is PayloadShape.Deleted;

    internal PayloadShape Shape { get; }

    /// <summary>Returns the event name.</summary>
    /// <returns>For example <c>convo.assigned</c>.</returns>
    public override string ToString() => Name;

    /// <summary>Reads the body as the payload of this type.</summary>
    /// <exception cref="JsonException">The body does not have the shape of the payload.</exception>
    internal HelpScoutEvent Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, PayloadJson) is HelpScoutPayload payload
            ? _create(payload)
            : throw new JsonException();
}
