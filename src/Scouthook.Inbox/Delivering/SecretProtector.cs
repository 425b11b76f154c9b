using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.Inbox.Delivering;

/// <summary>Encrypts the secrets of endpoints at rest, with a key ring of its own.</summary>
/// <remarks>
/// Not the key ring of the app: what an app sets up for its cookies must not be changed by us, and a store moves with its
/// own keys. The application name is fixed, as the default one is made of a path and changes with it.
/// </remarks>
internal sealed class SecretProtector : IDisposable
{
    public const string ApplicationName = "scouthook";

    private readonly ServiceProvider _services;
    private readonly IDataProtector _protector;
    private readonly ConcurrentDictionary<Guid, (byte[] Stored, EndpointSecrets Secrets)> _known = new();

    public SecretProtector(string keyRing)
    {
        var services = new ServiceCollection();
        services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .AddKeyManagementOptions(options => options.XmlRepository = new KeyFiles(keyRing));
        _services = services.BuildServiceProvider();
        _protector = _services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Scouthook.EndpointSecrets.v1");
    }

    public byte[] Protect(EndpointSecrets secrets) => _protector.Protect(EndpointSecretsJson.Write(secrets));

    /// <returns>The secrets; <see langword="null"/> if the key ring is not the one that they were encrypted with.</returns>
    public EndpointSecrets? Unprotect(Guid endpoint, byte[] stored)
    {
        if (_known.TryGetValue(endpoint, out var known) && known.Stored.AsSpan().SequenceEqual(stored))
        {
            return known.Secrets;
        }

        try
        {
            var secrets = EndpointSecretsJson.Read(_protector.Unprotect(stored));
            _known[endpoint] = (stored, secrets);
            return secrets;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public void Dispose() => _services.Dispose();
}
