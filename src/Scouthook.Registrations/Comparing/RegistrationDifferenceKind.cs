namespace Scouthook.Registrations.Comparing;

/// <summary>The ways in which a registration can differ from what is expected.</summary>
public enum RegistrationDifferenceKind
{
    /// <summary>There is no such registration.</summary>
    NotFound,

    /// <summary>Help Scout has disabled it and sends nothing.</summary>
    Disabled,

    /// <summary>It calls another URL.</summary>
    Url,

    /// <summary>It does not send some of the events.</summary>
    MissingEvents,

    /// <summary>It sends events that are not expected.</summary>
    ExtraEvents,

    /// <summary>It does not send the events of some inboxes.</summary>
    MissingMailboxes,

    /// <summary>It sends the events of inboxes that are not expected.</summary>
    ExtraMailboxes,

    /// <summary>Its payloads have another version.</summary>
    PayloadVersion,

    /// <summary>It sends only URIs instead of resources, or the other way round.</summary>
    NotificationMode,

    /// <summary>It has another label.</summary>
    Label,
}
