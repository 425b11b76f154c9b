namespace Scouthook.Signing;

/// <summary>The stored secrets of all sources at one moment.</summary>
internal interface ISourceSecretList
{
    /// <summary>Combines the configured secrets of a source with the stored ones.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="configured">Its configured secrets, current first.</param>
    /// <returns>All its secrets, the current one first, expired ones included.</returns>
    IReadOnlyList<SourceSecret> Merge(string source, IReadOnlyList<SigningSecret> configured);

    /// <summary>Returns whether a secret of a source is stored, even one that cannot be decrypted now.</summary>
    /// <param name="source">The name of the source.</param>
    bool Has(string source);
}
