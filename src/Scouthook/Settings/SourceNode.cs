using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>A section of the configuration in one source, copied at one moment.</summary>
/// <remarks>
/// Copied, because a source may replace its values while they are read; by source, because the framework merges lists of
/// several sources item by item, and an entry removed from a later list would come back from an earlier one.
/// </remarks>
internal sealed class SourceNode
{
    private SourceNode(bool hasValue, string? value, ImmutableArray<KeyValuePair<string, SourceNode>> children)
    {
        HasValue = hasValue;
        Value = value;
        Children = children;
    }

    public bool HasValue { get; }

    public string? Value { get; }

    public ImmutableArray<KeyValuePair<string, SourceNode>> Children { get; }

    /// <summary>True if the source has no values here.</summary>
    public bool IsEmpty => !HasValue && Children.IsEmpty;

    /// <param name="provider">The source.</param>
    /// <param name="path">The key of the section.</param>
    /// <param name="depth">How many levels are copied; values below them are left out.</param>
    public static SourceNode Copy(IConfigurationProvider provider, string path, int depth = int.MaxValue)
    {
        var hasValue = provider.TryGet(path, out var value);
        return new SourceNode(
            hasValue,
            value,
            [
                .. provider.GetChildKeys([], path)
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                    .Select(name => KeyValuePair.Create(
                        name,
                        depth > 1 ? Copy(provider, ConfigurationPath.Combine(path, name), depth - 1) : OfText(""))),
            ]);
    }

    public static SourceNode OfText(string text) => new(true, text, []);

    public SourceNode? Find(string name)
    {
        foreach (var (key, node) in Children)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return node;
            }
        }

        return null;
    }

    public bool SaysTheSameAs(SourceNode other) =>
        HasValue == other.HasValue
        && Value == other.Value
        && Children.Length == other.Children.Length
        && Children.Zip(other.Children).All(pair =>
            pair.First.Key == pair.Second.Key && pair.First.Value.SaysTheSameAs(pair.Second.Value));
}
