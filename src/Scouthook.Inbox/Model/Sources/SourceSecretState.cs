namespace Scouthook.Inbox.Model;

/// <summary>A secret of a source, whatever it was set by.</summary>
/// <param name="Fingerprint">The fingerprint.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> for never.</param>
/// <param name="IsStored">Whether it was added at run time; otherwise it is configured.</param>
internal sealed record SourceSecretState(string Fingerprint, DateTimeOffset? ExpiresAt, bool IsStored = false)
{
    public bool IsLive(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}
