using Scouthook.Events;

namespace Scouthook.Inbox.Model;

/// <summary>A set of event states. The numbers are stored.</summary>
[Flags]
internal enum EventStates
{
    None = 0,
    Ok = 1 << EventState.Ok,
    Unknown = 1 << EventState.Unknown,
    Unreadable = 1 << EventState.Unreadable,
    Notification = 1 << EventState.Notification,
    All = Ok | Unknown | Unreadable | Notification,
}
