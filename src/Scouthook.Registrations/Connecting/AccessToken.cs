namespace Scouthook.Registrations.Connecting;

/// <summary>An access token, and when to stop using it.</summary>
/// <param name="Value">The token.</param>
/// <param name="IssuedAt">The timestamp of the clock at which it was requested.</param>
/// <param name="Lifetime">How long to use it: somewhat shorter than Help Scout says it is valid.</param>
internal sealed record AccessToken(string Value, long IssuedAt, TimeSpan Lifetime)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public static AccessToken Create(string value, long issuedAt, TimeSpan validity) =>
        new(value, issuedAt, validity > 2 * Margin ? validity - Margin : validity / 2);

    public bool IsFresh(TimeProvider timeProvider) => timeProvider.GetElapsedTime(IssuedAt) < Lifetime;
}
