namespace Scouthook.Inbox.Model;

/// <summary>The outcome of revoking a key.</summary>
internal enum KeyOutcome
{
    Done,
    NotFound,
    AlreadyRevoked,

    /// <summary>The key comes from the configuration, and only a change there ends it.</summary>
    Configured,

    /// <summary>Without this key nobody could manage keys.</summary>
    LastAdmin,

    /// <summary>The file of the key could not be written.</summary>
    NotStored,
}
