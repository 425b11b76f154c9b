using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides what is past its retention. Ages are those of the age clock.</summary>
/// <param name="time">The time of the store.</param>
/// <param name="events">How long events are kept.</param>
/// <param name="deadLetters">How long dead letters and their events are kept.</param>
internal sealed class RetentionRule(StoreTime time, TimeSpan events, TimeSpan deadLetters)
{
    /// <summary>The reason of a delivery that was given up.</summary>
    public const string GiveUpReason = "It was still pending when retention removed its event.";

    /// <summary>Events received before this are removed.</summary>
    public DateTimeOffset EventsBefore => time.Age - events;

    /// <summary>Dead letters that ended before this are removed, and their events received before this.</summary>
    public DateTimeOffset DeadLettersBefore => time.Age - deadLetters;

    /// <summary>When a dead letter ended whose timestamp is in the future: its retention starts now.</summary>
    public DateTimeOffset LatestEnd => time.Now > time.Age ? time.Now : time.Age;

    /// <summary>Returns whether an event is past a limit.</summary>
    /// <remarks>
    /// A timestamp from the future blocks nothing: an event counts as no younger than those stored after it.
    /// </remarks>
    /// <param name="receivedAt">When it was received, on the age clock.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="newestPast">The newest event received before the limit.</param>
    /// <param name="limit">The limit.</param>
    public static bool IsPast(DateTimeOffset receivedAt, long sequence, long newestPast, DateTimeOffset limit) =>
        receivedAt < limit || sequence <= newestPast;

    /// <summary>Returns whether an event past its retention may be processed now.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="dispatchedThrough">
    /// The lowest position of all endpoints; <see langword="null"/> without any. An event that has not been dispatched to
    /// some endpoint must not be removed, however old.
    /// </param>
    /// <param name="isLeased">Whether one of its deliveries is being attempted.</param>
    public static bool MayProcess(long sequence, long? dispatchedThrough, bool isLeased) =>
        !(sequence > dispatchedThrough) && !isLeased;

    /// <summary>Returns whether to give up a pending delivery of an event past the retention of dead letters.</summary>
    /// <remarks>
    /// The schedule will finish the others: only at a paused or disabled endpoint would a reopened delivery, and its
    /// event, stay for ever.
    /// </remarks>
    public static bool GivesUpRetained(WebhookEndpoint? endpoint) => endpoint is not { State: EndpointState.Enabled };

    /// <summary>
    /// Returns whether timestamps from the future may be corrected. Not while the clock is behind the newest stored event:
    /// then the clock is wrong now.
    /// </summary>
    /// <param name="newest">When the newest event was received, on the age clock.</param>
    public bool MayCorrect(DateTimeOffset? newest) => !(newest > time.Now);
}
