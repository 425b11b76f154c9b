using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Gateway.Hosting;

/// <summary>Makes all data protection of the framework use the key ring of the store.</summary>
/// <remarks>By default it would create one in the home directory, which a service may not have.</remarks>
internal static class KeyRing
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(SecretProtector.ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<IKeyRing>((options, keyRing) => options.XmlRepository = keyRing);
    }
}
