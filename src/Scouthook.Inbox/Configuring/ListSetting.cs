using Microsoft.Extensions.Configuration;

namespace Scouthook.Inbox.Configuring;

/// <summary>Reads a list from the last configuration source that has any of it.</summary>
/// <remarks>
/// The framework merges lists of several sources item by item: a network removed from the end of a list in the
/// environment would still be allowed because a file names it. Sources inside a chained configuration count as one.
/// </remarks>
internal static class ListSetting
{
    private static readonly char[] Separators = [',', ';'];

    /// <returns>
    /// Each item with the key to name in a mistake. A text in place of a list is split at commas and semicolons; an empty
    /// text says nothing, as some sources give one for every parent of a setting.
    /// </returns>
    public static IReadOnlyList<(string Key, string Text)> Read(IConfiguration configuration, string key) =>
        configuration is IConfigurationRoot root
            ? root.Providers.Reverse()
                .Select(provider => Read(provider, key))
                .FirstOrDefault(items => items.Count > 0) ?? []
            : Items(
                key,
                configuration[key],
                configuration.GetSection(key).GetChildren().Select(child => (child.Path, child.Value)));

    private static List<(string Key, string Text)> Read(IConfigurationProvider provider, string key)
    {
        var children = provider.GetChildKeys([], key)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(child => ConfigurationPath.Combine(key, child))
            .Select(path => (path, provider.TryGet(path, out var value) ? value : null));
        return Items(key, provider.TryGet(key, out var text) ? text : null, children);
    }

    private static List<(string Key, string Text)> Items(
        string key, string? text, IEnumerable<(string Key, string? Text)> children) =>
        string.IsNullOrWhiteSpace(text)
            ? [.. children.Select(child => (child.Key, child.Text ?? ""))]
            : [.. text.Split(Separators, StringSplitOptions.TrimEntries).Select(item => (key, item))];
}
