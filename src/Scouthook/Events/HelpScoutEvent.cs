using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event in Help Scout, verified and typed.</summary>
/// <remarks>
/// One of the 26 sealed records of the catalogue, or <see cref="UnknownEvent"/>, <see cref="UnreadableEvent"/> or
/// <see cref="NotificationEvent"/>. <see cref="ToString"/> never prints any content of the body.
/// </remarks>
public abstract record HelpScoutEvent
{
    private protected HelpScoutEvent()
    {
    }

    private EventOrigin _origin = EventOrigin.Unset;
    private IReadOnlyList<string> _unreadMembers = [];

    /// <summary>The event name as received in <c>X-HelpScout-Event</c>, for example <c>convo.assigned</c>.</summary>
    /// <value>The default is the name of the record in the catalogue. Empty when the request carried no name.</value>
    /// <remarks>Help Scout's signature covers the body only, so the name is not authenticated.</remarks>
    public string Name
    {
        get => _origin.Name ?? HelpScoutEventCatalog.Find(GetType())?.Name ?? "";
        init => _origin = _origin with { Name = value };
    }

    /// <summary>The name of the source (one Help Scout account) that received the event.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Source
    {
        get => _origin.Source;
        init => _origin = _origin with { Source = value };
    }

    /// <summary>The body, byte for byte as Help Scout sent and signed it.</summary>
    /// <value>The default is empty.</value>
    public ReadOnlyMemory<byte> Body
    {
        get => _origin.Body;
        init => _origin = _origin with { Body = value };
    }

    /// <summary>When the request was received, by the receiver's clock. Help Scout sends no timestamp with a request.</summary>
    public DateTimeOffset ReceivedAt
    {
        get => _origin.ReceivedAt;
        init => _origin = _origin with { ReceivedAt = value };
    }

    /// <summary>The payload as a common type; each family also provides it under its own name.</summary>
    /// <value><see langword="null"/> for unknown and unreadable events and notifications.</value>
    public virtual HelpScoutPayload? Payload => null;

    /// <summary>The members of the body that have another type than documented and could not be read.</summary>
    /// <value>
    /// JSON pointers, with <c>*</c> for the items of lists and maps: for example <c>/tags/*/id</c>. Empty when all
    /// members were read. They never quote the body.
    /// </value>
    /// <remarks>
    /// The property of such a member is <see langword="null"/> or empty (0 for a missing nested id), and its raw value
    /// is available under its own name in <see cref="HelpScoutPayload.ExtensionData"/> of the object that it belongs
    /// to.
    /// </remarks>
    public IReadOnlyList<string> UnreadMembers
    {
        get => _unreadMembers;
        init => _unreadMembers = value;
    }

    /// <summary>Returns name, source, time and size, and nothing of the body.</summary>
    /// <returns>For example <c>convo.assigned from default at 2026-03-02T10:02:17.0000000+00:00, 2705 bytes</c>.</returns>
    public sealed override string ToString() =>
        $"{HelpScoutEventCatalog.DisplayName(Name)} from {Source} at {ReceivedAt:O}, {Body.Length} bytes";

    internal HelpScoutEvent WithUnread(IReadOnlyList<string> members)
    {
        _unreadMembers = members;
        return this;
    }

    internal HelpScoutEvent From(in EventOrigin origin)
    {
        _origin = origin;
        return this;
    }
}
