namespace Scouthook.Settings;

/// <summary>Gives one kind of settings as they are in force; ask again for every use.</summary>
internal class Settings<T>(SettingsMonitor monitor)
    where T : class
{
    public T Current => monitor.Current.Get<T>();
}
