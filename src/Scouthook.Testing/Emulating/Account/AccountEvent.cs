using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;

namespace Scouthook.Testing;

/// <summary>An event of a <see cref="HelpScoutAccount"/>, before it is sent to any webhook.</summary>
public sealed class AccountEvent
{
    private readonly Lazy<OutgoingEvent> _event;

    internal AccountEvent(Emission emission)
    {
        Name = emission.Name;
        Payload = emission.Payload;
        MailboxId = emission.MailboxId;
        ResourcePath = emission.ResourcePath;
        OccurredAt = emission.OccurredAt;
        _event = new(() => new OutgoingEvent(Name, PhpJson.Rewrite(BodyWriter.Write(Payload))));
    }

    /// <summary>The event name, for example <c>convo.created</c>.</summary>
    public string Name { get; }

    /// <summary>The event with its full body, byte for byte as Help Scout writes it.</summary>
    public OutgoingEvent Event => _event.Value;

    /// <summary>The resource as it was when the event happened.</summary>
    public HelpScoutPayload Payload { get; }

    /// <summary>
    /// The id of the inbox that the event belongs to, or <see langword="null"/> for events without an inbox: those of
    /// customers, organizations, tags, users and surveys.
    /// </summary>
    /// <remarks>Known for a deleted conversation too, although its body does not carry it.</remarks>
    public long? MailboxId { get; }

    /// <summary>
    /// The path of the resource in the Inbox API, for example <c>/v2/conversations/3400000123</c>. A survey response
    /// has none of its own, so that its path is the one of the customer.
    /// </summary>
    public string ResourcePath { get; }

    /// <summary>The time of the event.</summary>
    public DateTimeOffset OccurredAt { get; }

    /// <summary>Serializes the same JSON as UTF-8, without escaping slashes or characters beyond ASCII.</summary>
    /// <returns>The body in UTF-8.</returns>
    public byte[] ToUtf8() => BodyWriter.Write(Payload);

    /// <summary>Returns the name and the path, but nothing of the body.</summary>
    /// <returns>For example <c>convo.created /v2/conversations/3400000123</c>.</returns>
    public override string ToString() => $"{Name} {ResourcePath}";
}
