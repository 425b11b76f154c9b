namespace Scouthook.Events;

/// <summary>The meaning of an event for its resource, as far as it decides when it happened and who did it.</summary>
internal enum EventMeaning
{
    /// <summary>The resource changed; no single member shows how.</summary>
    Changed,

    /// <summary>The resource was created.</summary>
    Created,

    /// <summary>A customer replied.</summary>
    CustomerReplied,

    /// <summary>A user replied.</summary>
    AgentReplied,

    /// <summary>A user added a note.</summary>
    NoteAdded,

    /// <summary>The status of a conversation changed, possibly because it was closed.</summary>
    StatusChanged,
}
