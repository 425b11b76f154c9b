namespace Scouthook.Events;

/// <summary>An organization was created.</summary>
public sealed record OrganizationCreated : OrganizationEvent;

/// <summary>An organization was changed.</summary>
public sealed record OrganizationUpdated : OrganizationEvent;

/// <summary>An organization was deleted.</summary>
public sealed record OrganizationDeleted : DeletionEvent;
