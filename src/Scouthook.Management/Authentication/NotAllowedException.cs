using Scouthook.Inbox.Model;

namespace Scouthook.Management.Authentication;

/// <summary>Thrown when the role of the caller does not allow the request.</summary>
internal sealed class NotAllowedException(ApiRole needed)
    : Exception($"This requires the role {RoleNames.From(needed)}.");
