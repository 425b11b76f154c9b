namespace Scouthook.Events;

/// <summary>What could be made of an authentic event.</summary>
public enum EventState
{
    /// <summary>The name is in the catalogue and the body has the shape that it promises.</summary>
    Ok = 0,

    /// <summary>The name is not in the catalogue, or there is none.</summary>
    Unknown = 1,

    /// <summary>The body is not JSON, or not of the shape that the name promises.</summary>
    Unreadable = 2,

    /// <summary>The body is a thin one: the address of the resource and nothing else.</summary>
    Notification = 3,
}
