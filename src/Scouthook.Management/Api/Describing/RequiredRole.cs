using Scouthook.Inbox.Model;

namespace Scouthook.Management.Api.Describing;

/// <summary>
/// Marks a route with its required role, so that the role is checked before anything is read, and documented.
/// </summary>
/// <remarks>The actual protection is the check in the service behind it; a test compares the two.</remarks>
internal sealed record RequiredRole(ApiRole Role);
