using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryStore : IStore
{
    public string Location => "memory";

    public string? Directory => null;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}

internal sealed class MemoryClockStore(MemoryData data) : IClockStore
{
    public Task<StoredClock> ReadAsync(CancellationToken cancellationToken) =>
        data.RunAsync(() => new StoredClock(data.Age, data.Events.Count == 0 ? null : data.Events[^1].Aged));
}

internal sealed class MemoryAccessStore(MemoryData data) : IAccessStore
{
    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        data.RunAsync<IReadOnlyList<ApiKey>>(() => [.. data.Keys.Select(known => known.Key)]);

    public Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var found = data.Keys.Find(known => known.Hash.AsSpan().SequenceEqual(hash)).Key;
        return data.Has(MemoryMistake.FindsRevokedKeys) && found is not null ? found with { RevokedAt = null } : found;
    });

    public Task AddKeyAsync(ApiKey key, byte[] hash, AuditEntry? audit = null) => data.RunAsync(() =>
    {
        if (data.Keys.Exists(known => known.Key.Id == key.Id || known.Hash.AsSpan().SequenceEqual(hash)))
        {
            throw new InvalidOperationException("The key exists.");
        }

        data.Keys.Add((key, hash));
        data.Record(audit);
        return true;
    });

    public Task<KeyOutcome> RevokeKeyAsync(Guid id, AuditEntry? audit = null) => data.RunAsync(() =>
    {
        var index = data.Keys.FindIndex(known => known.Key.Id == id);
        if (index < 0 || data.Keys[index].Key.RevokedAt is not null)
        {
            data.Record(data.Has(MemoryMistake.RecordsRefusals) ? audit : null);
            return index < 0 ? KeyOutcome.NotFound : KeyOutcome.AlreadyRevoked;
        }

        data.Keys[index] = (data.Keys[index].Key with { RevokedAt = data.Time.Now }, data.Keys[index].Hash);
        data.Record(audit);
        return KeyOutcome.Done;
    });

    public Task RecordAsync(AuditEntry entry) => data.RunAsync(() =>
    {
        data.Record(entry);
        return true;
    });

    public Task<Page<AuditEntry>> ListAuditAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        data.RunAsync(() => MemoryCursor.Page(data, data.Audit.Select((entry, index) => (index + 1L, entry)), cursor, limit));
}

internal sealed class MemoryIdEndings(MemoryData data) : IIdEndings
{
    private const int MaxMatches = 5;

    public Task<IdMatches> FindAsync(IdKind kind, string ending, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var ids = kind switch
        {
            IdKind.Event => data.Events.Select(stored => stored.Stored.Id),
            IdKind.Delivery => data.Deliveries.Select(delivery => delivery.Id),
            IdKind.Endpoint => data.LiveEndpoints.Select(endpoint => endpoint.Value.Id),
            _ => data.Replays.Select(replay => replay.Value.Id),
        };
        var found = ids.Where(id => id.ToString("N").EndsWith(ending, StringComparison.Ordinal))
            .OrderByDescending(id => id.ToString("N"), StringComparer.Ordinal).ToList();
        return new IdMatches([.. found.Take(MaxMatches)], found.Count <= MaxMatches);
    });
}

internal sealed class MemoryChangeLog(MemoryData data) : IChangeLog
{
    public Task<long> LastAsync(CancellationToken cancellationToken) => data.RunAsync(() => data.LastChange);

    public Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken) => data.RunAsync(() =>
    {
        var log = data.Has(MemoryMistake.ReordersChanges)
            ? [.. data.Changes.OrderBy(change => change.Attempt is null)]
            : data.Changes;
        var changes = new List<Change>();
        var through = after;
        foreach (var change in log.Where(change => change.Id > after))
        {
            if (changes.Count >= limit)
            {
                break;
            }

            if (change.Event is { } stored && data.Events.Contains(stored))
            {
                changes.Add(new Change(change.Id, stored.Stored, null, null));
            }
            else if (change.Delivery is { } delivery && data.Deliveries.Contains(delivery))
            {
                changes.Add(new Change(change.Id, null, MemoryDeliveryHistory.ToDelivery(data, delivery), change.Attempt!.Attempt));
            }

            through = change.Id;
        }

        var isGap = after > 0 && data.Changes.Count > 0 && data.Changes[0].Id > after + 1 && !data.Has(MemoryMistake.HidesGaps);
        return new ChangePage(changes, through, isGap);
    });
}
