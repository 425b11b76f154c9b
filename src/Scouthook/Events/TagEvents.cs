namespace Scouthook.Events;

/// <summary>A tag was created.</summary>
public sealed record TagCreated : TagEvent;

/// <summary>A tag was changed.</summary>
public sealed record TagUpdated : TagEvent;

/// <summary>A tag was deleted.</summary>
public sealed record TagDeleted : DeletionEvent;
