using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>Checks that the key ring on disk decrypts the secrets of all endpoints and sources.</summary>
internal sealed class KeyRingCheck(IEndpointStore endpoints, ISourceSecretStore sourceSecrets, SecretProtector protector)
{
    private const int MaxNames = 10;

    /// <returns>The problem; <see langword="null"/> if there is none.</returns>
    public async Task<KeyRingProblem?> FindAsync(CancellationToken cancellationToken)
    {
        var damage = protector.FindDamage();
        var withSecrets = (await endpoints.ListAsync(cancellationToken))
            .Where(endpoint => endpoint.Secrets is not null)
            .ToList();
        var readable = protector.CanDecrypt([.. withSecrets.Select(endpoint => endpoint.Secrets!)]);
        var names = withSecrets.Where((_, index) => !readable[index]).Select(endpoint => endpoint.Name).ToList();
        var sources = (await sourceSecrets.ReadAsync(cancellationToken)).All
            .Where(secret => secret.Secret is { } stored && protector.UnprotectSourceSecret(stored) is null)
            .Select(secret => secret.Source)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        string?[] reasons =
        [
            damage,
            names.Count == 0
                ? null
                : $"The key ring does not decrypt the secrets of these endpoints: {Shown(names)}. Their deliveries wait, and no attempt "
                    + "is counted. Restore the key ring that belongs to the store, or rotate their secrets.",
            sources.Count == 0
                ? null
                : $"The key ring does not decrypt stored secrets of these sources: {Shown(sources)}. Requests signed with them are "
                    + "rejected. Restore the key ring that belongs to the store, or add the secrets that Help Scout has once more.",
        ];
        var reason = string.Join(' ', reasons.OfType<string>());
        return reason.Length == 0 ? null : new KeyRingProblem(reason, names, sources);
    }

    private static string Shown(List<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
