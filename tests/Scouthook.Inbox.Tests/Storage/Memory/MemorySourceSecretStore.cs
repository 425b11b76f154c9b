using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemorySourceSecretStore(MemoryData data) : ISourceSecretStore
{
    public Task<StoredSourceSecrets> ReadAsync(CancellationToken cancellationToken) =>
        data.RunAsync(() => new StoredSourceSecrets(data.FingerprintKey, [.. data.SourceSecrets]));

    public Task<T> ChangeAsync<T>(Func<SourceSecretChanges, T> change) => data.RunAsync(() =>
    {
        // As if the first transaction was rolled back: a change has no side effects.
        change(new SourceSecretChanges(data.SourceSecrets, data.Time.Now));
        var changes = new SourceSecretChanges(data.SourceSecrets, data.Time.Now);
        var result = change(changes);
        data.SourceSecrets.Clear();
        data.SourceSecrets.AddRange(
            data.Has(MemoryMistake.OrdersSecretsByTheirEnds) ? changes.All.OrderBy(secret => secret.ExpiresAt) : changes.All);
        foreach (var entry in changes.Audit)
        {
            data.Record(entry);
        }

        return result;
    });
}
