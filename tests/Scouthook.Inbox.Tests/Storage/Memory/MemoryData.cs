using System.Security.Cryptography;
using Scouthook.Events;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>The data of a store in memory: plain lists under one lock. Several nodes may share it.</summary>
internal sealed class MemoryData(TimeSpan repeatWindow, TimeProvider timeProvider, MemoryMistake mistake)
{
    private readonly Lock _lock = new();

    public TimeSpan RepeatWindow => repeatWindow;

    public TimeProvider TimeProvider => timeProvider;

    public StoreClock Clock { get; private set; } = new(timeProvider);

    public List<MemoryEvent> Events { get; } = [];

    public List<MemoryDelivery> Deliveries { get; } = [];

    public List<MemoryEndpoint> Endpoints { get; } = [];

    public List<Declaration> Declarations { get; } = [];

    public List<MemoryReplay> Replays { get; } = [];

    public List<MemoryChange> Changes { get; } = [];

    public List<(ApiKey Key, byte[] Hash)> Keys { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public byte[] FingerprintKey { get; } = RandomNumberGenerator.GetBytes(32);

    public List<StoredSourceSecret> SourceSecrets { get; } = [];

    public HashSet<string> Sources { get; } = [];

    public Dictionary<string, KeptEvent> RecentKeys { get; } = [];

    public Dictionary<(string Source, ResourceReference Resource), ResourceState> Resources { get; } = [];

    public MemoryCounts Counts { get; } = new();

    public DateTimeOffset? Age { get; private set; }

    /// <summary>All events up to this one were checked by retention.</summary>
    public long RemovedThrough { get; set; }

    /// <summary>All retained events up to this one were checked in this round.</summary>
    public long RetainedThrough { get; set; }

    public long LastSequence { get; set; }

    public long LastDelivery { get; set; }

    public long LastChange { get; set; }

    public StoreTime Time => Clock.Time;

    public long NewestEvent => Events.Count == 0 ? 0 : Events[^1].Sequence;

    public IEnumerable<MemoryEndpoint> LiveEndpoints => Endpoints.Where(endpoint => !endpoint.IsDeleted);

    public bool Has(MemoryMistake planted) => mistake == planted;

    /// <summary>Runs a transaction. It must check everything before it changes anything.</summary>
    public Task<T> RunAsync<T>(Func<T> work) => Task.Run(() =>
    {
        lock (_lock)
        {
            return work();
        }
    });

    public void KeepAge(DateTimeOffset age) => Age = age > Age ? age : Age ?? age;

    /// <summary>Forgets what a process would lose.</summary>
    public void Reopen()
    {
        Clock = new StoreClock(timeProvider);
        if (Has(MemoryMistake.CountsAgainAfterReopening))
        {
            Counts.Through = 0;
        }
    }

    public MemoryEndpoint? FindLive(Guid id) => LiveEndpoints.FirstOrDefault(endpoint => endpoint.Value.Id == id);

    public void Record(AuditEntry? entry)
    {
        if (entry is not null)
        {
            Audit.Add(entry);
        }
    }

    public void Log(MemoryEvent? stored, MemoryDelivery? delivery = null, MemoryAttempt? attempt = null) =>
        Changes.Add(new MemoryChange(++LastChange, stored, delivery, attempt));
}
