using Scouthook.Gateway.Operating;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>Somebody asked for what the role of the key does not allow.</summary>
internal sealed class NotAllowedException(ApiRole needed)
    : Exception($"That needs a key with the role {RoleNames.From(needed)}.");
