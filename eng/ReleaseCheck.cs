using System.Reflection;

namespace Scouthook;

/// <summary>Reports packages of different releases that are loaded together, before they fail in a way nobody understands.</summary>
/// <remarks>
/// Packages of one release share internals and require each other in exactly their own version, so a mixed set cannot be
/// restored. Assemblies can still be mixed afterwards: one is replaced in an output folder, or a host has loaded its own.
/// This file is compiled into every package that depends on another one, so that the check works with any release of it.
/// </remarks>
internal static class ReleaseCheck
{
    private static readonly Assembly Own = typeof(ReleaseCheck).Assembly;

    /// <summary>Checks that another package is of the same release as this one.</summary>
    /// <param name="other">The assembly of the other package, as loaded.</param>
    /// <exception cref="InvalidOperationException">It is of another release.</exception>
    public static void Require(Assembly other) => Require(Own.GetName().Name, ReleaseOf(Own), other.GetName().Name, ReleaseOf(other));

    /// <summary>Checks that two packages are of the same release.</summary>
    internal static void Require(string? package, string? release, string? other, string? otherRelease)
    {
        if (release != otherRelease)
        {
            throw new InvalidOperationException(
                $"{package} {release} requires {other} {release}, but {other} {otherRelease} is loaded. "
                + "Reference the same version of all Scouthook packages, then rebuild and deploy the whole output.");
        }
    }

    /// <summary>The version of the package, without the commit that follows it in the assembly.</summary>
    private static string? ReleaseOf(Assembly assembly) => assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
