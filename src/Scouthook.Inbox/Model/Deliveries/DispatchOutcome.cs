namespace Scouthook.Inbox.Model;

/// <summary>What one turn of dispatching did.</summary>
/// <param name="Deliveries">How many deliveries were written.</param>
/// <param name="IsMoreToDo">Whether events are left that some endpoint is owed.</param>
internal readonly record struct DispatchOutcome(int Deliveries, bool IsMoreToDo);
