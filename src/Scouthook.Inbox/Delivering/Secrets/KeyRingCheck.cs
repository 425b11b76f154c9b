using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>Checks that the key ring on disk decrypts the secrets of all endpoints.</summary>
internal sealed class KeyRingCheck(IEndpointStore endpoints, SecretProtector protector)
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
        if (names.Count == 0)
        {
            return damage is null ? null : new KeyRingProblem(damage, names);
        }

        var shown = string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
        var reason = $"The key ring does not decrypt the secrets of these endpoints: {shown}. Their deliveries wait, and no attempt "
            + "is counted. Restore the key ring that belongs to the store, or rotate their secrets.";
        return new KeyRingProblem(damage is null ? reason : $"{damage} {reason}", names);
    }
}
