namespace Scouthook.Payloads;

/// <summary>Marks a member that Help Scout's contract calls always present.</summary>
/// <remarks>
/// Only the writer of the contract's JSON Schema reads it. Parsing never requires the member: an event that lacks it is
/// still an event.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlwaysPresentAttribute : Attribute;
