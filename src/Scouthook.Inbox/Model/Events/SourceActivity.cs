namespace Scouthook.Inbox.Model;

/// <summary>The activity of a source so far.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="LastReceivedAt">When its newest stored event was received.</param>
/// <param name="LastSequence">The sequence of that event.</param>
internal sealed record SourceActivity(string Name, DateTimeOffset? LastReceivedAt, long? LastSequence);
