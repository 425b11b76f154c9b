using Scouthook.Events;
using Scouthook.Inbox.Model;


namespace Scouthook.Management.Services.Views;

/// <summary>Past events that a person asked for again.</summary>
/// <param name="Id">Its id; deliveries name it.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>stopped</c>.</param>
/// <param name="Progress">How much of what there was when it began it has looked at: 0 to 1.</param>
/// <param name="Added">How many deliveries it has added.</param>
/// <param name="EventId">The one event that it delivers again.</param>
/// <param name="EndpointId">The only endpoint that it delivers to.</param>
/// <param name="DeadLetters">Whether it delivers the dead letters of the endpoint.</param>
/// <param name="Types">Names or patterns of the events.</param>
/// <param name="Source">The source of the events.</param>
/// <param name="Resource"><c>kind:id</c> of what the events are about.</param>
/// <param name="Mailbox">The inbox at Help Scout of the events.</param>
/// <param name="EventState">How the bodies of the events were read.</param>
/// <param name="Since">Events received from here on.</param>
/// <param name="Until">Events received before.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">When it was done, or stopped.</param>
internal sealed record ReplayView(
    Guid Id,
    string State,
    double Progress,
    long Added,
    Guid? EventId,
    Guid? EndpointId,
    bool DeadLetters,
    IReadOnlyList<string> Types,
    string? Source,
    string? Resource,
    long? Mailbox,
    string? EventState,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Replays of earlier versions may hold longer lists.</summary>
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
