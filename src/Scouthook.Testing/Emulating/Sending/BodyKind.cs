namespace Scouthook.Testing;

/// <summary>The forms in which an event is sent.</summary>
internal enum BodyKind
{
    /// <summary>The resource, payload version 2: AI agents are users.</summary>
    Full,

    /// <summary>The resource, payload version 3: AI agents are system users.</summary>
    FullWithSystemUsers,

    /// <summary>The address of the resource.</summary>
    Notification,
}
