using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Scouthook.Settings;

/// <summary>Reads one section of the configuration, and adds every error with its key.</summary>
/// <remarks>
/// Every section is read by this class, so durations, sizes, lists and misspelt members are treated the same
/// everywhere. The framework's binder appends to default lists, merges lists of several sources by index, reads
/// <c>24:00:00</c> as 24 days, ignores unknown members, and needs reflection.
/// </remarks>
internal sealed class SettingsReader
{
    private static readonly char[] Separators = [',', ';'];

    private readonly ImmutableArray<SourceNode> _sources;
    private readonly List<string> _mistakes;

    public SettingsReader(ConfigurationCopy configuration, List<string> mistakes)
        : this(configuration.Section, [.. configuration.Sources.Select(source => source.Value)], mistakes)
    {
    }

    private SettingsReader(string path, ImmutableArray<SourceNode> sources, List<string> mistakes)
    {
        Path = path;
        _sources = sources;
        _mistakes = mistakes;
    }

    /// <summary>The key of the section.</summary>
    public string Path { get; }

    /// <summary>The last part of its key.</summary>
    public string Name => ConfigurationPath.GetSectionKey(Path);

    /// <summary>The value at this key; of several sources that have it, the last one takes precedence.</summary>
    public string? Value => _sources.LastOrDefault(source => source.HasValue)?.Value;

    /// <summary>The sections inside this one, whatever their names.</summary>
    public IEnumerable<SettingsReader> Children => _sources
        .SelectMany(source => source.Children.Select(child => child.Key))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(Section);

    public SettingsReader Section(string name) => new(
        ConfigurationPath.Combine(Path, name),
        [.. _sources.Select(source => source.Find(name)).OfType<SourceNode>()],
        _mistakes);

    /// <summary>Rejects members that are not settings: a misspelt setting must not silently have no effect.</summary>
    public void RejectOthers(IReadOnlyList<string> members, Func<string, string>? hint = null)
    {
        if (Value is { Length: > 0 })
        {
            _mistakes.Add($"{Path} must be a section, not a value; its settings are {string.Join(", ", members)}.");
        }

        foreach (var child in Children)
        {
            if (!members.Contains(child.Name, StringComparer.OrdinalIgnoreCase))
            {
                _mistakes.Add($"{child.Path} is not a setting; valid settings here are {string.Join(", ", members)}.{hint?.Invoke(child.Name)}");
            }
        }
    }

    /// <summary>Adds an error of one member.</summary>
    public void Reject(string name, string what)
    {
        var mistake = $"{ConfigurationPath.Combine(Path, name)} {what}";
        if (!_mistakes.Contains(mistake))
        {
            _mistakes.Add(mistake);
        }
    }

    /// <summary>Adds an error of this key itself, as an item of a list.</summary>
    public void Reject(string what) => _mistakes.Add($"{Path} {what}");

    /// <returns>The value as configured; <see langword="null"/> if it is not.</returns>
    public string? Text(string name)
    {
        var member = Section(name);
        if (member._sources.Any(source => !source.Children.IsEmpty))
        {
            Reject(name, "must be a single value, not a list or an object.");
        }

        return member.Value;
    }

    /// <returns>The items of a list of texts; empty if it is not configured, or configured to be empty.</returns>
    /// <remarks>The list can also be one text, separated by commas or semicolons.</remarks>
    public IReadOnlyList<SettingsReader> List(string name)
    {
        var path = ConfigurationPath.Combine(Path, name);
        return
        [
            .. Items(name).SelectMany(item => item.Path == path
                ? item.Value!.Split(Separators, StringSplitOptions.TrimEntries).Select(item.WithValue)
                : [item]),
        ];
    }

    /// <returns>
    /// The items of a list, all of them from the last source that has the list. A single value is one item.
    /// </returns>
    public IReadOnlyList<SettingsReader> Items(string name)
    {
        var list = Section(name);
        if (list._sources.LastOrDefault() is not { } last)
        {
            return [];
        }

        // A source may have an empty text at the key of every parent; an intentionally empty list looks the same, but
        // has nothing below it.
        return string.IsNullOrWhiteSpace(last.Value)
            ? [.. last.Children.Select(child => new SettingsReader(
                ConfigurationPath.Combine(list.Path, child.Key), [child.Value], _mistakes))]
            : [new SettingsReader(list.Path, [last], _mistakes)];
    }

    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan longest) =>
        Text(name) is { Length: > 0 } text ? Duration(Section(name).Path, text, longest) ?? otherwise : otherwise;

    /// <returns>
    /// The duration at this key itself, as an item of a list; <see langword="null"/> if it is invalid.
    /// </returns>
    public TimeSpan? Duration(TimeSpan longest) => Duration(Path, Value ?? "", longest);

    public long Number(string name, long otherwise, long least, long most)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && SettingsRules.NumberProblem(number, least, most) is null)
        {
            return number;
        }

        Reject(name, SettingsRules.NumberRule(least, most));
        return otherwise;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Reject(name, "must be true or false.");
        return otherwise;
    }

    /// <returns>An instant with a zone; <see langword="null"/> if it is not configured, or invalid.</returns>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var instant) && HasZone(text))
        {
            return instant;
        }

        Reject(name, "must be a timestamp with a time zone, such as 2026-03-02T08:00:00Z.");
        return null;
    }

    private TimeSpan? Duration(string key, string text, TimeSpan longest)
    {
        if (DurationText.TryRead(text, out var duration, out var problem)
            && SettingsRules.DurationProblem(duration, longest) is var outOfBounds)
        {
            if (outOfBounds is null)
            {
                return duration;
            }

            problem = outOfBounds;
        }

        _mistakes.Add($"{key} {problem}");
        return null;
    }

    private SettingsReader WithValue(string text) => new(Path, [SourceNode.OfText(text)], _mistakes);

    private static bool HasZone(string text) => text.EndsWith('Z') || text.AsSpan(10).IndexOfAny('+', '-') >= 0;
}
