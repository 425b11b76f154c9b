namespace Scouthook.Inbox.Model;

/// <summary>The outcome of revoking a key.</summary>
internal enum KeyOutcome
{
    Done,
    NotFound,
    AlreadyRevoked,
}
