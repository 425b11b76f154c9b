using System.Collections.Immutable;

namespace Scouthook.Management.Watching;

/// <summary>The problems reported so far about the registrations of a source, so that each change is reported once.</summary>
/// <param name="Disabled">The registrations that are disabled.</param>
/// <param name="Problems">All other problems.</param>
internal sealed record RegistrationMemory(ImmutableSortedSet<long> Disabled, IReadOnlyList<string> Problems)
{
    /// <summary>Before the first check: everything is presumed as expected.</summary>
    public static RegistrationMemory Empty { get; } = new([], []);
}
