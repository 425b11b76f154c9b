using System.Collections.Frozen;

namespace Scouthook.Settings;

/// <summary>All settings of the app at one moment. Replaced as a whole, never changed.</summary>
internal sealed class SettingsSnapshot(FrozenDictionary<Type, object> values) : IDisposable
{
    public T Get<T>()
        where T : class =>
        values.TryGetValue(typeof(T), out var value)
            ? (T)value
            : throw new InvalidOperationException($"No section of the settings provides {typeof(T).Name}.");

    /// <returns>A value that not every app has.</returns>
    public T? Find<T>()
        where T : class => values.GetValueOrDefault(typeof(T)) as T;

    public void Dispose()
    {
        foreach (var value in values.Values)
        {
            (value as IDisposable)?.Dispose();
        }
    }
}
