namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a change to the secrets of a source.</summary>
internal enum SourceSecretOutcome
{
    Done,
    NotFound,

    /// <summary>The source has this secret, and it has not ended.</summary>
    AlreadyLive,

    /// <summary>No other secret would be valid when this one ends.</summary>
    LastLive,

    /// <summary>The maximum number of secrets is valid.</summary>
    TooMany,

    /// <summary>The configuration ends the secret earlier.</summary>
    EndConfigured,
}
