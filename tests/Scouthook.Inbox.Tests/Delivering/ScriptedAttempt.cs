using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A running attempt.</summary>
internal sealed class ScriptedAttempt(DeliveryLease lease, DateTimeOffset startedAt)
{
    private readonly TaskCompletionSource<AttemptResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeliveryLease Lease => lease;

    public DateTimeOffset StartedAt => startedAt;

    public Task<AttemptResult> Result => _end.Task;

    public void End(AttemptOutcome outcome, TimeSpan? retryAfter = null) =>
        _end.SetResult(ScriptedDestination.Result(outcome, retryAfter));
}
