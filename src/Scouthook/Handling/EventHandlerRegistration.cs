using Scouthook.Events;

namespace Scouthook.Handling;

/// <summary>A registered handler.</summary>
/// <param name="Name">
/// A name that stays the same across restarts; <see langword="null"/> for a lambda without one.
/// </param>
/// <param name="EventClrType">The record, family or common type that it handles.</param>
/// <param name="Invoke">Runs it on an event of that type.</param>
/// <param name="HandlerClrType">The class that is created for each event; <see langword="null"/>: a lambda.</param>
internal sealed record EventHandlerRegistration(
    string? Name,
    Type EventClrType,
    Func<HelpScoutEvent, EventContext, CancellationToken, Task> Invoke,
    Type? HandlerClrType = null)
{
    public string DisplayName => Name ?? $"a lambda for {EventClrType.Name}";
}
