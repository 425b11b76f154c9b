using System.Collections.Frozen;

namespace Scouthook.Testing.Emulating.Account.Writing;

/// <summary>The colors of tags: a name in the tag itself, a number in conversations.</summary>
internal static class TagColors
{
    public const string Default = "none";

    private static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>
    {
        [Default] = "#929499",
        ["blue"] = "#7fc8dd",
        ["green"] = "#6ac27b",
        ["orange"] = "#f0934e",
        ["purple"] = "#9a7fd1",
        ["red"] = "#e35d5d",
        ["yellow"] = "#f5b72f",
    }.ToFrozenDictionary();

    public static string Number(string? name) => ByName.GetValueOrDefault(name ?? Default) ?? ByName[Default];

    /// <exception cref="ArgumentException">The color is not one of Help Scout's.</exception>
    public static string Require(string name) => ByName.ContainsKey(name)
        ? name
        : throw new ArgumentException(
            $"'{name}' is not a color of tags. Use one of {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}.");
}
