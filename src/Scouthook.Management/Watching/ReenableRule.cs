namespace Scouthook.Management.Watching;

/// <summary>Decides whether a registration that Help Scout has disabled is enabled again.</summary>
/// <remarks>
/// Help Scout disables a webhook after ten discarded events, each of which failed several times. If that was because of the
/// gateway's own answers, enabling it would only lose the next ten events, so the cause must be fixed first. And whatever
/// the reason, it is tried at most once an hour: someone may have disabled the webhook on purpose.
/// </remarks>
internal static class ReenableRule
{
    /// <summary>The time between two attempts.</summary>
    public static readonly TimeSpan Brake = TimeSpan.FromHours(1);

    /// <param name="isAllowed">The setting.</param>
    /// <param name="hasSecret">Whether there is a valid secret to send along.</param>
    /// <param name="rejectsRequests">Whether the gateway itself rejected many requests recently.</param>
    /// <param name="lastAttemptAt">When it was tried last; <see langword="null"/> for never.</param>
    /// <param name="now">The current instant.</param>
    public static ReenableDecision Decide(
        bool isAllowed, bool hasSecret, bool rejectsRequests, DateTimeOffset? lastAttemptAt, DateTimeOffset now) =>
        !isAllowed ? ReenableDecision.NotAllowed
        : !hasSecret ? ReenableDecision.NoSecret
        : rejectsRequests ? ReenableDecision.OwnAnswers
        : lastAttemptAt is { } last && now - last < Brake && now >= last ? ReenableDecision.TooSoon
        : ReenableDecision.Enable;

    /// <summary>Explains a decision to an operator.</summary>
    /// <returns><see langword="null"/> if there is nothing to explain.</returns>
    public static string? Explain(ReenableDecision decision, string source) => decision switch
    {
        ReenableDecision.NotAllowed =>
            $"Enable it with scouthook webhooks enable, or set Scouthook:Sources:{source}:HelpScout:Reenable to have that done automatically.",
        ReenableDecision.TooSoon => "It was enabled automatically within the last hour and is not enabled again before that hour is over.",
        ReenableDecision.OwnAnswers =>
            $"It is not enabled automatically, because at least {OwnRefusals.Many} requests were rejected here within the last hour. "
                + "Fix the cause (scouthook webhooks check, log messages 1001 to 1008), then run scouthook webhooks enable.",
        ReenableDecision.NoSecret => $"It is not enabled automatically, because source {source} has no valid secret to send to Help Scout.",
        _ => null,
    };
}
