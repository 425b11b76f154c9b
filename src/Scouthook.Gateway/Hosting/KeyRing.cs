using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Gateway.Hosting;

/// <summary>Has everything that the framework encrypts use the key ring of the data directory.</summary>
/// <remarks>By itself it would write one into the home directory, which a service need not have.</remarks>
internal static class KeyRing
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(SecretProtector.ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<LiveInboxSettings>((options, settings) =>
            options.XmlRepository = new FileXmlRepository(DataDirectory.KeysIn(settings.DataDirectory), settings.Current.FileMode));
    }
}
