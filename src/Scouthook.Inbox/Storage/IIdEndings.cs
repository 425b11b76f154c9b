namespace Scouthook.Inbox.Storage;

/// <summary>Finds whole ids by their endings, which is what people copy out of logs and lists.</summary>
internal interface IIdEndings
{
    /// <param name="kind">What the id names.</param>
    /// <param name="ending">The last digits of the id: hexadecimal, in lower case, without hyphens.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    /// <returns>A few of the ids that end so, the newest first.</returns>
    Task<IdMatches> FindAsync(IdKind kind, string ending, CancellationToken cancellationToken);
}
