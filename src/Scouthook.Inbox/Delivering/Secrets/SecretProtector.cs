using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>Encrypts the secrets of endpoints at rest, and those of sources, with a separate key ring.</summary>
/// <remarks>
/// Separate from the key ring of the app: the data protection an app configures for its cookies must not be changed by
/// this library, and a store moves with its own keys. The application name is fixed, as the default one is derived from
/// a path and changes with it. The framework caches a key ring in memory for a day. Here what is stored decides: everything
/// encrypted can be decrypted after a restart, and a restored key ring is used at once.
/// </remarks>
internal sealed class SecretProtector : IDisposable
{
    public const string ApplicationName = "scouthook";

    private const string ForEndpoints = "Scouthook.EndpointSecrets.v1";
    private const string ForSources = "Scouthook.SourceSecrets.v1";

    private readonly IKeyRing _keyRing;
    private readonly ConcurrentDictionary<Guid, (byte[] Stored, EndpointSecrets Secrets)> _known = new();
    private readonly Lock _gate = new();
    private ServiceProvider? _services;
    private IDataProtector? _reader;
    private IDataProtector? _sourceReader;
    private string? _fingerprint;

    public SecretProtector(IKeyRing keyRing) => _keyRing = keyRing;

    public SecretProtector(string keyRing, UnixFileMode? fileMode = null)
        : this(new FileXmlRepository(keyRing, fileMode))
    {
    }

    /// <exception cref="KeyRingUnusableException">The key ring is damaged, or no key can be added to it.</exception>
    public byte[] Protect(EndpointSecrets secrets) => Protect(EndpointSecretsJson.Write(secrets), ForEndpoints);

    /// <summary>Encrypts a secret of a source.</summary>
    /// <exception cref="KeyRingUnusableException">The key ring is damaged, or no key can be added to it.</exception>
    public byte[] ProtectSourceSecret(string text) => Protect(Encoding.UTF8.GetBytes(text), ForSources);

    /// <returns>The secret of a source; <see langword="null"/> if it was encrypted with another key ring.</returns>
    public string? UnprotectSourceSecret(byte[] stored)
    {
        lock (_gate)
        {
            Reader();
            try
            {
                return Encoding.UTF8.GetString(_sourceReader!.Unprotect(stored));
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }

    /// <returns>The secrets; <see langword="null"/> if they were encrypted with another key ring.</returns>
    public EndpointSecrets? Unprotect(Guid endpoint, byte[] stored)
    {
        if (_known.TryGetValue(endpoint, out var known) && known.Stored.AsSpan().SequenceEqual(stored))
        {
            return known.Secrets;
        }

        EndpointSecrets? secrets;
        lock (_gate)
        {
            secrets = Decrypt(Reader(), stored);
        }

        if (secrets is not null)
        {
            _known[endpoint] = (stored, secrets);
        }

        return secrets;
    }

    /// <summary>
    /// Checks which secrets the current files of the key ring decrypt, ignoring keys cached in memory.
    /// </summary>
    public IReadOnlyList<bool> CanDecrypt(IReadOnlyList<byte[]> stored)
    {
        lock (_gate)
        {
            var reader = Reader();
            return [.. stored.Select(secrets => Decrypt(reader, secrets) is not null)];
        }
    }

    /// <inheritdoc cref="IKeyRing.FindDamage"/>
    public string? FindDamage() => _keyRing.FindDamage();

    public void Dispose() => _services?.Dispose();

    private byte[] Protect(byte[] plain, string purpose)
    {
        if (FindDamage() is { } damage)
        {
            throw new KeyRingUnusableException(damage);
        }

        try
        {
            using var services = Services(addsKeys: true);
            return Protector(services, purpose).Protect(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new KeyRingUnusableException(
                $"Secrets cannot be encrypted with the key ring {_keyRing.Location}. Make sure that it is writable and "
                    + "that its disk has free space.",
                exception);
        }
    }

    private IDataProtector Reader()
    {
        var fingerprint = _keyRing.Fingerprint();
        if (_reader is null || fingerprint != _fingerprint)
        {
            _services?.Dispose();
            _services = Services(addsKeys: false);
            _reader = Protector(_services, ForEndpoints);
            _sourceReader = Protector(_services, ForSources);
            _fingerprint = fingerprint;
        }

        return _reader;
    }

    private static EndpointSecrets? Decrypt(IDataProtector reader, byte[] stored)
    {
        try
        {
            return EndpointSecretsJson.Read(reader.Unprotect(stored));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private ServiceProvider Services(bool addsKeys)
    {
        var services = new ServiceCollection();
        services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .AddKeyManagementOptions(options =>
            {
                options.XmlRepository = _keyRing;
                options.AutoGenerateKeys = addsKeys;
            });
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(ServiceProvider services, string purpose) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector(purpose);
}
