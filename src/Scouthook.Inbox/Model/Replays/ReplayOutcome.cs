namespace Scouthook.Inbox.Model;

/// <summary>The outcome of starting or stopping a replay.</summary>
internal enum ReplayOutcome
{
    Done,
    NotFound,
    EventNotFound,
    EndpointNotFound,

    /// <summary>The replay had ended or was stopped before.</summary>
    AlreadyEnded,
}
