using Scouthook.Inbox.Model;

namespace Scouthook.Management.Api.Describing;

/// <summary>Marks a route with the role that it needs, so that it is refused before anything is read, and documented.</summary>
/// <remarks>What protects is the check of the service behind it; a test compares the two.</remarks>
internal sealed record RequiredRole(ApiRole Role);
