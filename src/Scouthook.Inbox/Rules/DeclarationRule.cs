using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>Decides which declaration is in force: the newest, as a whole.</summary>
/// <remarks>
/// Nodes with different files would otherwise undo each other's changes in turn. A declaration that was in force before and
/// is declared again is an older one while the newer one is still confirmed. It counts as new once nobody confirms that any
/// more, for example a few minutes after all nodes have gone back to an earlier version.
/// </remarks>
internal static class DeclarationRule
{
    /// <summary>How often a node confirms what it declares.</summary>
    public static readonly TimeSpan ConfirmEvery = TimeSpan.FromMinutes(1);

    /// <summary>A node that has not confirmed its declaration for this long has stopped or changed it.</summary>
    public static readonly TimeSpan LiveFor = 3 * ConfirmEvery;

    /// <summary>Decides about a declaration of this node.</summary>
    /// <param name="known">All declarations of the origin so far.</param>
    /// <param name="declared">What this node declares.</param>
    /// <param name="node">This node.</param>
    /// <param name="now">The current instant.</param>
    /// <returns>
    /// The declaration in force. It is the one of this node if the fingerprint is the same; it must be stored if it is not
    /// among the known ones.
    /// </returns>
    public static Declaration InForce(
        IReadOnlyCollection<Declaration> known, DesiredEndpointSet declared, NodeIdentity node, DateTimeOffset now)
    {
        var newest = known.OrderBy(declaration => declaration.FirstSeenAt).LastOrDefault();
        var own = known.FirstOrDefault(declaration => declaration.Fingerprint == declared.Fingerprint);
        if (newest is null || newest == own)
        {
            return own is null
                ? new Declaration(declared.Origin, declared.Fingerprint, now, now, node.Id)
                : Confirm(own, node, now);
        }

        var isNewestLive = !node.IsAlone && (now - newest.ConfirmedAt).Duration() < LiveFor;
        if (own is not null && isNewestLive)
        {
            return newest;
        }

        // Two declarations of the same instant would have no order.
        var since = now > newest.FirstSeenAt ? now : newest.FirstSeenAt.AddMicroseconds(1);
        return new Declaration(declared.Origin, declared.Fingerprint, since, now, node.Id);
    }

    /// <summary>Returns the declaration of this node that another one supersedes, confirmed, so that others see that it exists.</summary>
    public static Declaration? Confirm(
        IReadOnlyCollection<Declaration> known, DesiredEndpointSet superseded, NodeIdentity node, DateTimeOffset now) =>
        known.FirstOrDefault(declaration => declaration.Fingerprint == superseded.Fingerprint) is { } own ? Confirm(own, node, now) : null;

    /// <summary>Returns whether another node keeps declaring something else than what is in force.</summary>
    /// <remarks>A changed configuration reaches all nodes within a minute or so: that alone is no disagreement.</remarks>
    public static bool IsDisputed(IEnumerable<Declaration> known, Declaration inForce, DateTimeOffset now) => known.Any(other =>
        other.Fingerprint != inForce.Fingerprint
        && other.ConfirmedAt >= inForce.FirstSeenAt + ConfirmEvery
        && (now - other.ConfirmedAt).Duration() < LiveFor);

    private static Declaration Confirm(Declaration own, NodeIdentity node, DateTimeOffset now) =>
        node.IsAlone || (now - own.ConfirmedAt).Duration() < ConfirmEvery / 2
            ? own
            : own with { ConfirmedAt = now, ConfirmedBy = node.Id };
}
