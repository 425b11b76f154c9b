using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Payloads;

namespace ChatAlert;

/// <summary>Announces ratings that nobody wants to miss.</summary>
public sealed class RatingAlert(TeamChat chat) : IHelpScoutEventHandler<SatisfactionRatingReceived>
{
    public Task HandleAsync(SatisfactionRatingReceived helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        helpScoutEvent.Rating is { Value: { } value } rating && value == RatingValue.NotGood
            ? chat.SayAsync($"Conversation {rating.ConversationNumber} was rated not good: {rating.Comments}", cancellationToken)
            : Task.CompletedTask;
}
