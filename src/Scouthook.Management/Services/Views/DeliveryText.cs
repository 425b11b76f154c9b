using Scouthook.Inbox;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>The names of delivery states and outcomes in JSON.</summary>
internal static class DeliveryText
{
    public static string From(EndpointState state) => state switch
    {
        EndpointState.Enabled => "enabled",
        EndpointState.Paused => "paused",
        EndpointState.Disabled => "disabled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string From(EndpointCondition condition) => condition switch
    {
        EndpointCondition.Unknown => "unknown",
        EndpointCondition.Ok => "ok",
        EndpointCondition.Failing => "failing",
        EndpointCondition.Down => "down",
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    public static string From(EndpointOrdering ordering) => ordering switch
    {
        EndpointOrdering.Resource => "resource",
        EndpointOrdering.Strict => "strict",
        EndpointOrdering.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(ordering)),
    };

    public static string From(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Leased => "leased",
        DeliveryState.Delivered => "delivered",
        DeliveryState.DeadLettered => "deadLettered",
        DeliveryState.Discarded => "discarded",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string From(ReplayState state) => state switch
    {
        ReplayState.Running => "running",
        ReplayState.Done => "done",
        ReplayState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string From(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "delivered",
        AttemptOutcome.Gone => "gone",
        AttemptOutcome.Rejected => "rejected",
        AttemptOutcome.TimedOut => "timedOut",
        AttemptOutcome.ConnectionFailed => "connectionFailed",
        AttemptOutcome.TlsFailed => "tlsFailed",
        AttemptOutcome.AddressRefused => "addressRefused",
        AttemptOutcome.InvalidResponse => "invalidResponse",
        AttemptOutcome.HandlerFailed => "handlerFailed",
        AttemptOutcome.RetryLater => "retryLater",
        AttemptOutcome.GivenUp => "givenUp",
        AttemptOutcome.Unreadable => "unreadable",
        AttemptOutcome.SecretUnreadable => "secretUnreadable",
        AttemptOutcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static bool TryRead(string text, out DeliveryState state)
    {
        foreach (var known in Enum.GetValues<DeliveryState>())
        {
            if (text == From(known))
            {
                state = known;
                return true;
            }
        }

        state = default;
        return false;
    }
}
