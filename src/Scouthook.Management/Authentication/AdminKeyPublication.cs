namespace Scouthook.Management.Authentication;

/// <summary>The outcome of showing and storing the first key to the management API.</summary>
internal enum AdminKeyPublication
{
    /// <summary>This start made no key: it is configured, or was made by an earlier start.</summary>
    NothingNew,

    /// <summary>The key was shown, and its hash is stored.</summary>
    Stored,

    /// <summary>The key was shown and is valid until this gateway ends; its hash could not be stored.</summary>
    NotStored,

    /// <summary>The key could not be shown, so it was not stored either: the next start makes another.</summary>
    NotShown,
}
