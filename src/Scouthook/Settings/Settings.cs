namespace Scouthook.Settings;

/// <summary>Provides the current settings of one kind; to be read again for every use.</summary>
internal class Settings<T>(SettingsMonitor monitor)
    where T : class
{
    public T Current => monitor.Current.Get<T>();
}
