using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body contains only the id of a deleted resource.</summary>
/// <remarks>
/// All deletions look alike except for the event name, and Help Scout's signature does not cover the name: a captured
/// body sent again under another deletion's name verifies. Check with Help Scout that the resource is really gone
/// before destroying anything.
/// </remarks>
public interface IDeletionEvent
{
    /// <summary>The deleted resource.</summary>
    DeletedResource Deleted { get; }
}
