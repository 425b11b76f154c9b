namespace Scouthook.Inbox.Storage;

/// <summary>Finds full ids by their endings, which is what users copy from logs and lists.</summary>
internal interface IIdEndings
{
    /// <param name="kind">The kind of object that the id names.</param>
    /// <param name="ending">The last digits of the id: hexadecimal, in lower case, without hyphens.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Some of the ids with that ending, newest first.</returns>
    Task<IdMatches> FindAsync(IdKind kind, string ending, CancellationToken cancellationToken);
}
