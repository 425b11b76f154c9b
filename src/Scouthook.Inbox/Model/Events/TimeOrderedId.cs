namespace Scouthook.Inbox.Model;

/// <summary>Creates ids that sort by the time they were created at, as UUIDs of version 7.</summary>
internal static class TimeOrderedId
{
    /// <remarks>
    /// Such a UUID has no room for a time before 1970. A machine without a battery may start with such a clock, and its
    /// events must still be stored: their ids are unique, only their order is lost.
    /// </remarks>
    public static Guid At(DateTimeOffset time) =>
        Guid.CreateVersion7(time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time);
}
