namespace Scouthook.Management.Watching;

/// <summary>The result of the last check of a source's registrations.</summary>
/// <param name="State">The state as a whole.</param>
/// <param name="Problems">Every problem, in a sentence for an operator; empty if everything is as expected.</param>
/// <param name="CheckedAt">When it was checked.</param>
internal sealed record RegistrationStatus(RegistrationCondition State, IReadOnlyList<string> Problems, DateTimeOffset CheckedAt);
