using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides what becomes of a delivery.</summary>
internal static class DeliveryRules
{
    /// <summary>Decides what the end of an attempt means for its delivery.</summary>
    /// <param name="settlement">The settled attempt.</param>
    /// <param name="endpoint">The endpoint now; <see langword="null"/> if it was deleted during the attempt.</param>
    public static DeliveryChange After(Settlement settlement, WebhookEndpoint? endpoint)
    {
        // Without its endpoint there is nothing to retry for.
        var state = settlement.State is DeliveryState.Pending && endpoint is null ? DeliveryState.Discarded : settlement.State;
        return new DeliveryChange(
            state,
            Blocks(state, endpoint),
            state is DeliveryState.Pending ? settlement.RetryAfter : null,
            settlement.Reason);
    }

    /// <summary>Decides about a delivery that is still pending when retention removes its event.</summary>
    public static DeliveryChange GiveUp(WebhookEndpoint? endpoint) => new(
        DeliveryState.DeadLettered, Blocks(DeliveryState.DeadLettered, endpoint), RetryAfter: null, RetentionRule.GiveUpReason);

    /// <summary>Returns whether later deliveries of the same ordering key wait for one in this state.</summary>
    public static bool Blocks(DeliveryState state, WebhookEndpoint? endpoint) => state switch
    {
        DeliveryState.Pending or DeliveryState.Leased => true,
        DeliveryState.DeadLettered => endpoint is { Definition.Ordering: EndpointOrdering.Strict },
        _ => false,
    };

    /// <summary>Decides whether an operator may retry a delivery.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="isReplaced">Whether a replay has replaced it.</param>
    /// <param name="hasEndpoint">Whether its endpoint still exists.</param>
    /// <param name="wait">
    /// How long it still waits for its next attempt; zero or less if it is due; <see langword="null"/> if an earlier one
    /// goes first.
    /// </param>
    /// <returns><see cref="DeliveryChangeOutcome.Done"/> if it may be retried.</returns>
    public static DeliveryChangeOutcome Retry(DeliveryState state, bool isReplaced, bool hasEndpoint, TimeSpan? wait) => state switch
    {
        DeliveryState.Pending => wait is not { } left ? DeliveryChangeOutcome.BehindEarlier
            : left > TimeSpan.Zero ? DeliveryChangeOutcome.Done : DeliveryChangeOutcome.AlreadyDue,
        DeliveryState.DeadLettered when !isReplaced =>
            hasEndpoint ? DeliveryChangeOutcome.Done : DeliveryChangeOutcome.EndpointDeleted,
        _ => Refusal(state),
    };

    /// <summary>Decides whether an operator may discard a delivery.</summary>
    /// <returns><see cref="DeliveryChangeOutcome.Done"/> if it may be discarded.</returns>
    public static DeliveryChangeOutcome Discard(DeliveryState state, bool isReplaced) =>
        state is DeliveryState.Pending || (state is DeliveryState.DeadLettered && !isReplaced)
            ? DeliveryChangeOutcome.Done
            : Refusal(state);

    private static DeliveryChangeOutcome Refusal(DeliveryState state) => state switch
    {
        DeliveryState.Leased => DeliveryChangeOutcome.BeingAttempted,
        DeliveryState.Delivered => DeliveryChangeOutcome.Delivered,
        DeliveryState.Discarded => DeliveryChangeOutcome.Discarded,
        _ => DeliveryChangeOutcome.Replaced,
    };
}
