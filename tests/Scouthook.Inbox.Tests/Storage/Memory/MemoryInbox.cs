using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryInbox(MemoryData data) : IInbox
{
    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch) => await data.RunAsync(() =>
    {
        var taken = data.Events.Select(known => known.Stored.Id).ToHashSet();
        var storable = batch.TakeWhile(added => taken.Add(added.Id)).ToList();
        var isRefused = storable.Count < batch.Count;
        var outcomes = isRefused && !data.Has(MemoryMistake.StoresPartsOfBatches)
            ? []
            : storable.Select(added => Append(data, added, data.RepeatWindow)).ToArray();
        return isRefused ? throw new InvalidOperationException("An id is taken.") : outcomes;
    });

    /// <summary>Stores an operational event, in the transaction of the change it reports.</summary>
    public static void Raise(MemoryData data, NewEvent added) =>
        Append(data, added with { AgedAt = data.Clock.Age }, TimeSpan.Zero);

    private static AppendOutcome Append(MemoryData data, NewEvent added, TimeSpan window)
    {
        var key = added.DeduplicationKey is { } bytes ? Convert.ToHexString(bytes) : null;
        KeptEvent? kept = key is not null && data.RecentKeys.TryGetValue(key, out var known) ? known : null;
        ResourceState? resource = added.Facts.Resource is { } about && data.Resources.TryGetValue((added.Source, about), out var state)
            ? state
            : null;
        var decision = RepeatRule.Decide(added, kept, resource, window);
        if (decision is RepeatDecision.Repeat or RepeatDecision.ExcessCopy && !data.Has(MemoryMistake.StoresRepeats))
        {
            return Count(data, kept!.Value.Sequence, added);
        }

        var stored = Store(data, added, decision);
        if (key is not null)
        {
            data.RecentKeys[key] = RepeatRule.Keep(added, stored.Sequence, decision, kept);
        }

        if (added.Facts.Resource is { } of)
        {
            data.Resources[(added.Source, of)] = ResourceState.After(resource, added, stored.Sequence);
        }

        return new AppendOutcome(stored.Sequence, IsRepeat: false, stored.Stored.IsStale, stored.Stored.IsPossibleRepeat);
    }

    private static AppendOutcome Count(MemoryData data, long sequence, NewEvent added)
    {
        if (data.Events.Find(stored => stored.Sequence == sequence) is { } kept)
        {
            kept.Stored = kept.Stored with { Repeats = kept.Stored.Repeats + 1, LastRepeatAt = added.ReceivedAt };
        }

        return new AppendOutcome(sequence, IsRepeat: true, IsStale: false, IsPossibleRepeat: false);
    }

    private static MemoryEvent Store(MemoryData data, NewEvent added, RepeatDecision decision)
    {
        var facts = added.Facts with { ResourceUri = null };
        var sequence = ++data.LastSequence;
        long? orderingKey = facts.OrdersWith is { } with ? OrderingKey.Of(added.Source, (long)with.Kind, with.Id) : null;
        var stored = new MemoryEvent
        {
            Stored = new StoredEvent
            {
                Id = added.Id,
                Sequence = sequence,
                Source = added.Source,
                EventType = added.EventType,
                ReceivedAt = added.ReceivedAt,
                Facts = facts,
                IsStale = decision is RepeatDecision.Stale,
                IsPossibleRepeat = decision is RepeatDecision.PossibleRepeat,
                Size = added.Body.Length,
            },
            Body = added.Body.ToArray(),
            Headers = added.Headers,
            Aged = added.AgedAt ?? added.ReceivedAt,
            Routed = new RoutedEvent(sequence, added.Source, added.EventType, facts.State, facts.MailboxId, orderingKey),
        };
        data.Events.Add(stored);
        data.Sources.Add(added.Source);
        data.Log(stored);
        return stored;
    }
}
