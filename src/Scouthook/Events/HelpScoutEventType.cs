using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scouthook.Json;
using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>One of the 26 event types in <see cref="HelpScoutEventCatalog"/>.</summary>
public sealed class HelpScoutEventType
{
    private readonly Func<HelpScoutPayload, HelpScoutEvent> _create;
    private readonly Func<JsonTypeInfo> _payloadJson;

    internal HelpScoutEventType(
        string messageName, string name, PayloadShape shape, ResourceKind? resource, Type payloadClrType,
        Func<JsonTypeInfo> payloadJson, Type eventClrType, Func<HelpScoutPayload, HelpScoutEvent> create)
    {
        MessageName = messageName;
        Name = name;
        Shape = shape;
        Resource = resource;
        PayloadClrType = payloadClrType;
        _payloadJson = payloadJson;
        EventClrType = eventClrType;
        Meaning = MeaningOf(eventClrType);
        _create = create;
    }

    /// <summary>The wire name of the event, in <c>X-HelpScout-Event</c>: for example <c>convo.assigned</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the message in the AsyncAPI description: for example <c>convoAssigned</c>.</summary>
    public string MessageName { get; }

    /// <summary>The record that carries this event: for example <see cref="ConversationAssigned"/>.</summary>
    public Type EventClrType { get; }

    /// <summary>The type of its payload: for example <see cref="Conversation"/>.</summary>
    public Type PayloadClrType { get; }

    /// <summary>Source-generated JSON metadata of the payload, to read or write one without reflection.</summary>
    /// <remarks>
    /// Made when it is first asked for: receiving needs none of it, and compiling all of it takes a tenth of a second at start.
    /// </remarks>
    public JsonTypeInfo PayloadJson => _payloadJson();

    /// <summary>The kind of resource that the event is about.</summary>
    /// <value><see langword="null"/> for survey answers, which carry no id.</value>
    public ResourceKind? Resource { get; }

    /// <summary>The family, whose name selects all its event types in patterns and filters.</summary>
    /// <value>
    /// <c>conversations</c>, <c>customers</c>, <c>tags</c> or <c>organizations</c>; <see langword="null"/> for ratings,
    /// chats, survey answers and user status.
    /// </value>
    public string? Family => Resource switch
    {
        ResourceKind.Conversation => "conversations",
        ResourceKind.Customer => "customers",
        ResourceKind.Tag => "tags",
        ResourceKind.Organization => "organizations",
        _ => null,
    };

    /// <summary>True if the body contains only the id of a deleted resource.</summary>
    public bool IsDeletion => Shape is PayloadShape.Deleted;

    internal PayloadShape Shape { get; }

    internal EventMeaning Meaning { get; }

    /// <summary>Returns the event name.</summary>
    /// <returns>For example <c>convo.assigned</c>.</returns>
    public override string ToString() => Name;

    /// <summary>
    /// Reads the body as the payload of this type; members that cannot be read are reported on the event.
    /// </summary>
    /// <exception cref="JsonException">The body is not a JSON object, or its routing id cannot be read.</exception>
    internal HelpScoutEvent Read(ReadOnlySpan<byte> body)
    {
        var payload = PayloadReader.Read(PayloadJson, JsonBody.WithoutMark(body), out var unread);
        return _create(payload).WithUnread(unread);
    }

    private static EventMeaning MeaningOf(Type eventClrType) => eventClrType.Name switch
    {
        nameof(ConversationCreated) or nameof(ConversationCreatedByAiAnswers) or nameof(CustomerCreated)
            or nameof(BeaconChatCreated) or nameof(TagCreated) or nameof(OrganizationCreated) => EventMeaning.Created,
        nameof(CustomerReplyCreated) or nameof(BeaconChatCustomerReplied) => EventMeaning.CustomerReplied,
        nameof(AgentReplyCreated) => EventMeaning.AgentReplied,
        nameof(NoteCreated) => EventMeaning.NoteAdded,
        nameof(ConversationStatusChanged) => EventMeaning.StatusChanged,
        _ => EventMeaning.Changed,
    };
}
