using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>A replay of past events.</summary>
/// <param name="Id">Its id; deliveries name it.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>stopped</c>.</param>
/// <param name="Progress">The fraction of the events existing at its start that it has processed: 0 to 1.</param>
/// <param name="Added">How many deliveries it has added.</param>
/// <param name="EventId">The one event that it delivers again.</param>
/// <param name="EndpointId">The only endpoint that it delivers to.</param>
/// <param name="DeadLetters">Whether it delivers the dead letters of the endpoint.</param>
/// <param name="Types">Names or patterns of the events.</param>
/// <param name="Source">The source of the events.</param>
/// <param name="Resource"><c>kind:id</c> of the resource of the events.</param>
/// <param name="Mailbox">The inbox in Help Scout of the events.</param>
/// <param name="EventState">How well the bodies of the events could be read.</param>
/// <param name="Since">Events received from this time on.</param>
/// <param name="Until">Events received before this time.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="EndedAt">When it was completed or stopped.</param>
internal sealed record ReplayView(
    Guid Id,
    [property: KnownTexts(typeof(ReplayState))] string State,
    double Progress,
    long Added,
    Guid? EventId,
    Guid? EndpointId,
    bool DeadLetters,
    IReadOnlyList<string> Types,
    string? Source,
    string? Resource,
    long? Mailbox,
    [property: KnownTexts(typeof(EventState))] string? EventState,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Replays of earlier versions may contain longer lists.</summary>
    private const int MaxTypes = 100;

    public static ReplayView From(Replay replay) => new(
        replay.Id,
        DeliveryText.From(replay.State),
        Math.Round(replay.Progress, 3, MidpointRounding.ToZero),
        replay.Added,
        replay.Request.EventId,
        replay.Request.EndpointId,
        replay.Request.DeadLetters,
        [.. replay.Request.EventTypes.Take(MaxTypes)],
        replay.Request.Source,
        replay.Request.ResourceKind is { } kind ? $"{ResourceReference.KindText(kind)}:{replay.Request.ResourceId}" : null,
        replay.Request.MailboxId,
        replay.Request.State is { } state ? StateText.From(state) : null,
        replay.Request.Since,
        replay.Request.Until,
        replay.CreatedAt,
        replay.EndedAt);
}
