namespace Scouthook.Events;

/// <summary>The result of reading an authentic event.</summary>
public enum EventState
{
    /// <summary>The name is in the catalogue and the body has the shape it promises.</summary>
    Ok = 0,

    /// <summary>The name is not in the catalogue, or there is none.</summary>
    Unknown = 1,

    /// <summary>The body is not JSON, or not of the shape that the name promises.</summary>
    Unreadable = 2,

    /// <summary>The body is a thin one: the URL of the resource and nothing else.</summary>
    Notification = 3,
}
