using System.Collections.Frozen;

namespace Scouthook.Settings;

/// <summary>Settings being read: they take effect together, or not at all.</summary>
internal sealed class SettingsDraft(SettingsSnapshot? inForce, SettingsFiles files)
{
    private readonly Dictionary<Type, object> _values = [];

    public List<string> Mistakes { get; } = [];

    /// <summary>The text files that settings refer to.</summary>
    public SettingsFiles Files => files;

    /// <summary>The values that take effect only at the next start, by the key that configures them.</summary>
    public Dictionary<string, string> NeedRestart { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Add<T>(T value)
        where T : class => _values.Add(typeof(T), value);

    /// <returns>A value added by an earlier section.</returns>
    public T? Find<T>()
        where T : class => _values.GetValueOrDefault(typeof(T)) as T;

    /// <summary>Adds an error if there is one.</summary>
    public void Check(string key, string? problem)
    {
        if (problem is not null)
        {
            Mistakes.Add($"{key} {problem}");
        }
    }

    /// <summary>Keeps a value that cannot change while the app runs, and records that it was changed.</summary>
    /// <param name="key">The key that configures it.</param>
    /// <param name="next">The value as configured now.</param>
    /// <param name="value">Selects the value from the current settings.</param>
    /// <returns>The value to use: that of the start.</returns>
    public TValue Keep<T, TValue>(string key, TValue next, Func<T, TValue> value)
        where T : class
    {
        if (inForce is null)
        {
            return next;
        }

        var atStart = value(inForce.Get<T>());
        if (Text(atStart) != Text(next))
        {
            NeedRestart[key] = Text(next);
        }

        return atStart;
    }

    public SettingsSnapshot ToSnapshot() => new(_values.ToFrozenDictionary());

    /// <summary>Disposes the objects created for settings that do not take effect.</summary>
    public void Discard() => ToSnapshot().Dispose();

    private static string Text<TValue>(TValue value) =>
        value is IReadOnlyList<string> list ? string.Join('\n', list) : value?.ToString() ?? "";
}
