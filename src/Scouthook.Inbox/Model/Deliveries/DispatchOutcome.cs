namespace Scouthook.Inbox.Model;

/// <summary>The result of one round of dispatching.</summary>
/// <param name="Deliveries">The number of deliveries written.</param>
/// <param name="IsMoreToDo">Whether some endpoint still has events to be dispatched.</param>
/// <param name="Traced">The traces of the events dispatched; <see langword="null"/> if there is none.</param>
internal readonly record struct DispatchOutcome(int Deliveries, bool IsMoreToDo, IReadOnlyList<string>? Traced = null);
