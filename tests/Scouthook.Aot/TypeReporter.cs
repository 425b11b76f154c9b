using Scouthook.Events;
using Scouthook.Handling;

namespace Scouthook.Aot;

internal sealed class TypeReporter : IHelpScoutEventHandler<HelpScoutEvent>
{
    public Task HandleAsync(
        HelpScoutEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync($"typed {helpScoutEvent.GetType().Name} {helpScoutEvent.Name}");
}
