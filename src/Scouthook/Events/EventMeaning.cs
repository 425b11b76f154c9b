namespace Scouthook.Events;

/// <summary>What an event reports about its resource, as far as it decides when that happened and who did it.</summary>
internal enum EventMeaning
{
    /// <summary>The resource changed; no single member tells how.</summary>
    Changed,

    /// <summary>The resource was created.</summary>
    Created,

    /// <summary>A customer replied.</summary>
    CustomerReplied,

    /// <summary>A user replied.</summary>
    AgentReplied,

    /// <summary>A user added a note.</summary>
    NoteAdded,

    /// <summary>The status of a conversation changed, perhaps because it was closed.</summary>
    StatusChanged,
}
