using Scouthook.Inbox.Model;
using Scouthook.Inbox.Tests.Storage.Memory;
using Xunit.Sdk;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The suites find mistakes: each is planted in the store in memory, and a named test must fail because of it.</summary>
public sealed class SuiteSensitivityTests
{
    /// <summary>The test of a suite that finds a mistake.</summary>
    private static readonly Dictionary<MemoryMistake, Func<MemoryMistake, Task>> Finders = new()
    {
        [MemoryMistake.StoresRepeats] = mistake =>
            RunAsync(new Inbox(mistake), suite => suite.Each_event_of_a_batch_has_its_own_outcome()),
        [MemoryMistake.StoresPartsOfBatches] = mistake =>
            RunAsync(new Inbox(mistake), suite => suite.Batch_with_an_event_that_cannot_be_stored_leaves_nothing_behind()),
        [MemoryMistake.LeasesOutOfOrder] = mistake =>
            RunAsync(new Lease(mistake), suite => suite.Next_delivery_of_a_resource_is_leased_only_after_the_previous_one_is_settled()),
        [MemoryMistake.PassesDeadLetters] = mistake =>
            RunAsync(new Settle(mistake), suite => suite.Dead_letter_holds_later_events_of_its_resource_only_at_a_strict_endpoint(EndpointOrdering.Strict, isNextDue: false)),
        [MemoryMistake.AcceptsLateSettlements] = mistake =>
            RunAsync(new Settle(mistake), suite => suite.Late_settlement_records_its_attempt_and_changes_nothing_else()),
        [MemoryMistake.RecordsAttemptsTwice] = mistake =>
            RunAsync(new Settle(mistake), suite => suite.Attempt_that_is_settled_twice_is_one_attempt()),
        [MemoryMistake.CountsUnstartedLeases] = mistake =>
            RunAsync(new LeaseAhead(mistake), suite => suite.Lease_that_was_not_started_counts_no_attempt("expire")),
        [MemoryMistake.ForgetsExpiredAttempts] = mistake =>
            RunAsync(new LeaseAhead(mistake), suite => suite.Started_lease_counts_an_attempt_unless_it_is_released("expire", 1)),
        [MemoryMistake.StartsLostLeases] = mistake =>
            RunAsync(new LeaseAhead(mistake), suite => suite.Only_leases_that_are_still_held_are_started()),
        [MemoryMistake.DoesNotExtendLeases] = mistake =>
            RunAsync(new LeaseAhead(mistake), suite => suite.Starting_extends_the_lease()),
        [MemoryMistake.SkipsPausedEndpoints] = mistake =>
            RunAsync(new Dispatch(mistake), suite => suite.Endpoint_that_is_not_enabled_accrues_and_resumes_in_order(EndpointState.Paused)),
        [MemoryMistake.DeliversToDeletedEndpoints] = mistake =>
            RunAsync(new Dispatch(mistake), suite => suite.Deleted_endpoint_gets_nothing_more_and_the_others_everything()),
        [MemoryMistake.PagesByOffset] = mistake =>
            RunAsync(new EventHistory(mistake), suite => suite.Paging_returns_each_event_once_while_others_are_added()),
        [MemoryMistake.LosesAtPageEnds] = mistake =>
            RunAsync(new EventHistory(mistake), suite => suite.Paging_returns_each_event_once_while_others_are_added()),
        [MemoryMistake.IgnoresInvalidCursors] = mistake =>
            RunAsync(new Cursor(mistake), suite => suite.Text_that_is_no_cursor_is_rejected_by_every_list("next")),
        [MemoryMistake.ForgetsAudit] = mistake =>
            RunAsync(new Audit(mistake), suite => suite.Each_change_of_an_endpoint_is_recorded_once()),
        [MemoryMistake.RecordsRefusals] = mistake =>
            RunAsync(new Audit(mistake), suite => suite.Change_of_a_delivery_or_a_replay_that_is_refused_is_not_recorded()),
        [MemoryMistake.RemovesLeasedEvents] = mistake =>
            RunAsync(new Retention(mistake), suite => suite.Retention_waits_for_a_leased_delivery()),
        [MemoryMistake.RemovesUndispatchedEvents] = mistake =>
            RunAsync(new Retention(mistake), suite => suite.Event_not_yet_dispatched_to_an_endpoint_is_kept()),
        [MemoryMistake.RemovesDeadLettersEarly] = mistake =>
            RunAsync(new Retention(mistake), suite => suite.Dead_letter_and_its_event_are_kept_longer_and_its_removal_releases_blocked_deliveries()),
        [MemoryMistake.ReordersChanges] = mistake =>
            RunAsync(new ChangeLog(mistake), suite => suite.Events_and_attempts_are_in_the_order_of_their_commits()),
        [MemoryMistake.HidesGaps] = mistake =>
            RunAsync(new ChangeLog(mistake), suite => suite.Only_a_follower_that_misses_removed_changes_sees_a_gap()),
        [MemoryMistake.CountsAgainAfterReopening] = mistake =>
            RunAsync(new Statistics(mistake), suite => suite.Everything_is_counted_once_if_counting_is_interrupted_at_any_point()),
        [MemoryMistake.CountsLateSuccesses] = mistake =>
            RunAsync(new Statistics(mistake), suite => suite.Delivery_whose_lease_expired_during_a_success_is_delivered_once(countBetween: true)),
        [MemoryMistake.FindsRevokedKeys] = mistake =>
            RunAsync(new Access(mistake), suite => suite.Revoked_key_is_revoked_at_once_and_stays_so()),
        [MemoryMistake.OrdersSecretsByTheirEnds] = mistake =>
            RunAsync(new SourceSecrets(mistake), suite => suite.Secrets_are_kept_with_all_members_in_the_order_in_which_they_were_added()),
        [MemoryMistake.AppliesOlderDeclarations] = mistake =>
            RunAsync(new Nodes(mistake), suite => suite.Nodes_with_different_declarations_do_not_undo_each_other_in_turn()),
        [MemoryMistake.RecoversLeasesOfOthers] = mistake =>
            RunAsync(new Nodes(mistake), suite => suite.Node_that_starts_recovers_only_leases_that_have_expired()),
        [MemoryMistake.CachesEndpoints] = mistake =>
            RunAsync(new Nodes(mistake), suite => suite.Both_nodes_see_the_events_and_the_endpoints_of_each_other()),
    };

    public static TheoryData<string> Mistakes =>
        [.. Enum.GetNames<MemoryMistake>().Where(name => name != nameof(MemoryMistake.None))];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Planted_mistake_fails_its_test_which_passes_without_it(string name)
    {
        var find = Finders[Enum.Parse<MemoryMistake>(name)];

        await find(MemoryMistake.None);
        await Assert.ThrowsAnyAsync<XunitException>(() => find(Enum.Parse<MemoryMistake>(name)));
    }

    private static async Task RunAsync<T>(T suite, Func<T, Task> test)
        where T : StoreContract
    {
        await suite.InitializeAsync();
        try
        {
            await test(suite);
        }
        finally
        {
            await suite.DisposeAsync();
        }
    }

    private sealed class Inbox(MemoryMistake mistake) : InboxContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Lease(MemoryMistake mistake) : LeaseContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class LeaseAhead(MemoryMistake mistake) : LeaseAheadContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Settle(MemoryMistake mistake) : SettleContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Dispatch(MemoryMistake mistake) : DispatchContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class EventHistory(MemoryMistake mistake) : EventHistoryContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Cursor(MemoryMistake mistake) : CursorContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Audit(MemoryMistake mistake) : AuditContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Retention(MemoryMistake mistake) : RetentionContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class ChangeLog(MemoryMistake mistake) : ChangeLogContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Statistics(MemoryMistake mistake) : StatisticsContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Access(MemoryMistake mistake) : AccessContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class SourceSecrets(MemoryMistake mistake) : SourceSecretContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, mistake: mistake);
    }

    private sealed class Nodes(MemoryMistake mistake) : NodesContract
    {
        private protected override Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
            MemoryHarness.CreateAsync(repeatWindow, timeProvider, isShared: true, mistake);
    }
}
