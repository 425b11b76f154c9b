namespace Scouthook.Cli.Rotating;

/// <summary>The result of a rotation.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Fingerprint">The fingerprint of the new secret.</param>
/// <param name="Webhooks">The ids of the changed registrations.</param>
/// <param name="Ended">The earlier secrets that got an end.</param>
internal sealed record RotatedSecret(
    string Source, string Fingerprint, IReadOnlyList<long> Webhooks, IReadOnlyList<EarlierSecret> Ended);
