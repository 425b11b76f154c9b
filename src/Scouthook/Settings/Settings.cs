namespace Scouthook.Settings;

/// <summary>Provides the current settings of one kind, which must be read again at every use.</summary>
internal class Settings<T>(SettingsMonitor monitor)
    where T : class
{
    public T Current => monitor.Current.Get<T>();
}
