using Scouthook.Events;
using Scouthook.Handling;

namespace TypedHandlers;

/// <summary>Tells the team what was deleted: a conversation, a customer, a tag or an organization.</summary>
public sealed class DeletionAlert(ITeamChat chat) : IHelpScoutEventHandler<DeletionEvent>
{
    public Task HandleAsync(
        DeletionEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        chat.SayAsync($"{helpScoutEvent.Name}: {helpScoutEvent.Deleted.Id}", cancellationToken);
}
