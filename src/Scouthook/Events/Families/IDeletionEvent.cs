using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body says no more than the id of something that was deleted.</summary>
/// <remarks>
/// All deletions look alike but for the event name, and Help Scout's signature does not cover the name: a captured
/// body sent again under another deletion's name verifies. Ask Help Scout whether the resource is really gone before
/// destroying anything.
/// </remarks>
public interface IDeletionEvent
{
    /// <summary>The id of what was deleted.</summary>
    DeletedResource Deleted { get; }
}
