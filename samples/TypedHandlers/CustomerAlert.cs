using Scouthook.Events;
using Scouthook.Handling;

namespace TypedHandlers;

/// <summary>Tells the team which customer was created, changed or deleted.</summary>
public sealed class CustomerAlert(ITeamChat chat) : IHelpScoutEventHandler<CustomerEvent>
{
    public Task HandleAsync(
        CustomerEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        chat.SayAsync($"{helpScoutEvent.Name}: {helpScoutEvent.CustomerId}", cancellationToken);
}
