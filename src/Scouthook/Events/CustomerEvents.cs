namespace Scouthook.Events;

/// <summary>A customer was created. It fires for every new customer and cannot be limited to an inbox.</summary>
public sealed record CustomerCreated : CustomerEvent;

/// <summary>A customer was changed.</summary>
public sealed record CustomerUpdated : CustomerEvent;

/// <summary>A customer was deleted.</summary>
public sealed record CustomerDeleted : DeletionEvent;
