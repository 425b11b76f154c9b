namespace Scouthook.Registrations.Comparing;

/// <summary>One difference between a registration and what is expected.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Description">The difference as a sentence.</param>
public sealed record RegistrationDifference(RegistrationDifferenceKind Kind, string Description);
