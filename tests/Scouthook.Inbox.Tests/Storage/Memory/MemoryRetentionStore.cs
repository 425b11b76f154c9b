using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

internal sealed class MemoryRetentionStore(MemoryData data) : IRetentionStore
{
    private const int MaxEvents = 150;
    private const int MaxKeys = 1_000;

    public Task<StepOutcome> RemoveAsync(DateTimeOffset age, TimeSpan events, TimeSpan deadLetters) => data.RunAsync(() =>
    {
        data.KeepAge(age);
        var rule = new RetentionRule(data.Time with { Age = age }, events, deadLetters);
        var isMore = RemoveEvents(rule);
        return RemoveRetained(rule) || isMore ? StepOutcome.MoreToDo : StepOutcome.Finished;
    });

    public Task<StepOutcome> ForgetKeysAsync(DateTimeOffset age) => data.RunAsync(() =>
    {
        data.KeepAge(age);
        var old = data.RecentKeys.Where(known => (age - known.Value.AgedAt).Duration() > data.RepeatWindow)
            .OrderBy(known => known.Value.Sequence).Take(MaxKeys).ToList();
        old.ForEach(known => data.RecentKeys.Remove(known.Key));
        return old.Count == 0 ? StepOutcome.Finished : StepOutcome.MoreToDo;
    });

    private bool RemoveEvents(RetentionRule rule)
    {
        var newestPast = NewestBefore(rule.EventsBefore);
        var dispatched = data.Has(MemoryMistake.RemovesUndispatchedEvents)
            ? null
            : data.LiveEndpoints.Min(endpoint => (long?)endpoint.Value.DispatchedThrough);
        var some = data.Events.Where(stored => stored.Sequence > data.RemovedThrough).Take(MaxEvents)
            .TakeWhile(stored => RetentionRule.IsPast(stored.Aged, stored.Sequence, newestPast, rule.EventsBefore)
                && RetentionRule.MayProcess(stored.Sequence, dispatched, IsLeased(stored)))
            .ToList();
        var givenUp = new GivenUpDeliveries();
        foreach (var stored in some)
        {
            GiveUpPending(stored, rule, givenUp, isRetained: false);
            stored.IsRetained = !TryRemove(stored);
        }

        Raise(givenUp);
        data.RemovedThrough = some.Count > 0 ? some[^1].Sequence : data.RemovedThrough;
        if (data.Changes.Find(change => change.Event?.Sequence > data.RemovedThrough) is { } kept && some.Count > 0)
        {
            data.Changes.RemoveAll(change => change.Id < kept.Id);
        }

        return some.Count > 0;
    }

    private bool RemoveRetained(RetentionRule rule)
    {
        var newestPast = NewestBefore(rule.DeadLettersBefore);
        var mayCorrect = rule.MayCorrect(data.Events.Count == 0 ? null : data.Events[^1].Aged);
        var some = data.Events.Where(stored => stored.IsRetained && stored.Sequence > data.RetainedThrough).Take(MaxEvents).ToList();
        var givenUp = new GivenUpDeliveries();
        foreach (var stored in some)
        {
            if (RetentionRule.IsPast(stored.Aged, stored.Sequence, newestPast, rule.DeadLettersBefore))
            {
                GiveUpPending(stored, rule, givenUp, isRetained: true);
            }

            var dead = data.Deliveries.FindAll(delivery => delivery.Event == stored && delivery.State is DeliveryState.DeadLettered);
            foreach (var delivery in dead.Where(delivery => mayCorrect && delivery.EndedAt > rule.LatestEnd))
            {
                delivery.EndedAt = rule.LatestEnd;
            }

            dead.Where(delivery => delivery.EndedAt < rule.DeadLettersBefore).ToList().ForEach(delivery => data.Deliveries.Remove(delivery));
            TryRemove(stored);
        }

        Raise(givenUp);
        data.RetainedThrough = some.Count < MaxEvents ? 0 : some[^1].Sequence;
        return some.Count == MaxEvents;
    }

    private long NewestBefore(DateTimeOffset limit) =>
        data.Events.Where(stored => stored.Aged < limit).MaxBy(stored => (stored.Aged, stored.Sequence))?.Sequence ?? 0;

    private bool IsLeased(MemoryEvent stored) => !data.Has(MemoryMistake.RemovesLeasedEvents)
        && data.Deliveries.Exists(delivery => delivery.Event == stored && delivery.State is DeliveryState.Leased);

    private void GiveUpPending(MemoryEvent stored, RetentionRule rule, GivenUpDeliveries givenUp, bool isRetained)
    {
        foreach (var delivery in data.Deliveries.Where(delivery => delivery.Event == stored && delivery.State is DeliveryState.Pending))
        {
            var endpoint = delivery.Endpoint.Live;
            if (isRetained && !RetentionRule.GivesUpRetained(endpoint))
            {
                continue;
            }

            var change = DeliveryRules.GiveUp(endpoint);
            delivery.State = change.State;
            delivery.Holds = change.Blocks;
            delivery.Reason = change.Reason;
            delivery.SettledAt = data.Time.Now;
            delivery.EndedAt = rule.LatestEnd;
            if (endpoint is not null && !stored.Routed.IsOperational)
            {
                givenUp.Add(endpoint, stored.Sequence);
            }
        }
    }

    private void Raise(GivenUpDeliveries givenUp)
    {
        foreach (var raised in givenUp.Raise(data.Time.Now))
        {
            MemoryInbox.Raise(data, raised);
        }
    }

    private bool TryRemove(MemoryEvent stored)
    {
        if (data.Deliveries.Exists(delivery => delivery.Event == stored
            && (delivery.State is DeliveryState.Pending
                || IsLeased(stored)
                || (delivery is { State: DeliveryState.DeadLettered, ReplacedBy: null } && !data.Has(MemoryMistake.RemovesDeadLettersEarly)))))
        {
            return false;
        }

        data.Deliveries.RemoveAll(delivery => delivery.Event == stored);
        data.Events.Remove(stored);
        if (stored.Stored.Facts.Resource is { } about
            && data.Resources.TryGetValue((stored.Stored.Source, about), out var state)
            && state.LastSequence == stored.Sequence)
        {
            data.Resources.Remove((stored.Stored.Source, about));
        }

        return true;
    }
}
