namespace Scouthook.Signing;

/// <summary>Provides the secrets of sources that are not configured, and the ends of configured ones.</summary>
/// <remarks>
/// Implemented by the package that stores them, asked by the one that verifies requests, which does not reference it.
/// </remarks>
internal interface ISourceSecrets
{
    /// <summary>Raised after <see cref="Current"/> has changed.</summary>
    event Action? Changed;

    /// <summary>
    /// Everything stored at one moment: replaced as a whole, never changed. <see langword="null"/> until it has been read.
    /// </summary>
    ISourceSecretList? Current { get; }
}
