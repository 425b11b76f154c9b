using System.Reflection;
using System.Text.RegularExpressions;

namespace Scouthook.Architecture.Tests;

/// <summary>The checkout these tests were built from, and the assemblies built with them.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Metadata("Repository").Single();

    /// <summary>Names of the projects in <c>src</c>.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Files("src", "*.csproj").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The compiled assembly of a project in <c>src</c>.</summary>
    public static string AssemblyOf(string project) =>
        Metadata("Subject").Single(file => Path.GetFileNameWithoutExtension(file) == project);

    /// <summary>Hand-written files of the repository, relative to its root, with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !Generated().IsMatch(file))
            .Order(StringComparer.Ordinal);

    public static string ReadAllText(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(attribute => attribute.Key == key).Select(attribute => attribute.Value!);

    [GeneratedRegex("(^|/)(bin|obj|node_modules|artifacts|[.]git|BenchmarkDotNet[.]Artifacts)/")]
    private static partial Regex Generated();
}
