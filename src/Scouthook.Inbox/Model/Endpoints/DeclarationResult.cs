namespace Scouthook.Inbox.Model;

/// <summary>The outcome of declaring endpoints.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="TakenNames">The names already used by endpoints of another origin; those declarations have no effect.</param>
/// <param name="NewestSeenAt">When the declaration in force was first seen.</param>
internal sealed record DeclarationResult(
    DeclarationOutcome Outcome, IReadOnlyList<string> TakenNames, DateTimeOffset NewestSeenAt)
{
    /// <summary>True if nodes declare different endpoints.</summary>
    public bool IsDisputed { get; init; }
}
