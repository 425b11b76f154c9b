using System.Reflection;

namespace Scouthook;

// Reports packages of different releases that are loaded together, before they fail in a way nobody understands.
//
// Packages of one release share internals and require each other in exactly their own version, so a mixed set cannot be
// restored. Assemblies can still be mixed afterwards: one is replaced in an output folder, or a host has loaded its own.
// This file is compiled into every package that depends on another one, so that the check works with any release of it. It has no XML
// documentation: tools that collect that of several packages would find the same member in each.
internal static class ReleaseCheck
{
    private static readonly Assembly Own = typeof(ReleaseCheck).Assembly;

    // Checks that another package is of the same release as this one.
    public static void Require(Assembly other) => Require(Own.GetName().Name, ReleaseOf(Own), other.GetName().Name, ReleaseOf(other));

    // Checks that two packages are of the same release.
    internal static void Require(string? package, string? release, string? other, string? otherRelease)
    {
        if (release != otherRelease)
        {
            throw new InvalidOperationException(
                $"{package} {release} requires {other} {release}, but {other} {otherRelease} is loaded. "
                + "Reference the same version of all Scouthook packages, then rebuild and deploy the whole output.");
        }
    }

    // The version of the package, without the commit that follows it in the assembly.
    private static string? ReleaseOf(Assembly assembly) => assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
