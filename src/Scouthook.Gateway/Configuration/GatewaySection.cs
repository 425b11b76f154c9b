using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Scouthook.Gateway.Connections;
using Scouthook.Management.Hosting;
using Scouthook.Settings;

namespace Scouthook.Gateway.Configuration;

/// <summary>Reads the settings of the gateway itself.</summary>
internal sealed class GatewaySection(IConfiguration configuration) : ISettingsSection
{
    private const int MaxConnectionsLimit = 1_000_000;

    private static readonly string[] GatewayMembers =
    [
        "AdminKey", "ManagementUrls", "MinFreeDiskBytes", "SilentAfter", "TrustedProxies", "MaxConnections",
        "MaxConnectionsPerAddress", "HeadersTimeout", "KeepAlive",
    ];

    public IReadOnlyList<string> Members { get; } = ["Gateway"];

    public IEnumerable<Func<IChangeToken?>> Changes => [];

    public void Read(SettingsReader root, SettingsDraft draft)
    {
        draft.Add(KeepWhatNeedsARestart(ReadGateway(root.Section("Gateway"), draft), draft));
    }

    private GatewaySettings ReadGateway(SettingsReader section, SettingsDraft draft)
    {
        section.RejectOthers(GatewayMembers);
        var defaults = new GatewaySettings();
        var settings = new GatewaySettings
        {
            AdminKey = section.Text("AdminKey") is { Length: > 0 } key ? key : null,
            ManagementUrls = Texts(section, "ManagementUrls"),
            TrustedProxies = Texts(section, "TrustedProxies"),
            MinFreeDiskBytes = section.Number("MinFreeDiskBytes", defaults.MinFreeDiskBytes, 0, long.MaxValue),
            SilentAfter = section.Duration("SilentAfter", defaults.SilentAfter, SettingsRules.TenYears),
            MaxConnections = section.Text("MaxConnections") is { Length: > 0 }
                ? (int)section.Number(
                    "MaxConnections", GatewaySettings.MinConnections, GatewaySettings.MinConnections, MaxConnectionsLimit)
                : null,
            MaxConnectionsPerAddress = (int)section.Number(
                "MaxConnectionsPerAddress", defaults.MaxConnectionsPerAddress, 1, MaxConnectionsLimit),
            HeadersTimeout = section.Duration("HeadersTimeout", defaults.HeadersTimeout, SettingsRules.Hour),
            KeepAlive = section.Duration("KeepAlive", defaults.KeepAlive, SettingsRules.Day),
        };
        if (settings.AdminKey is { Length: < ManagementSection.MinKeyLength })
        {
            section.Reject(
                "AdminKey",
                $"is shorter than {ManagementSection.MinKeyLength} characters and could be guessed. Omit it to generate one.");
        }

        CheckAddresses(
            draft, "urls", configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? []);
        CheckAddresses(draft, $"{GatewaySettings.Section}:ManagementUrls", settings.ManagementUrls);
        foreach (var overlap in ManagementListeners.Overlaps(settings.ManagementUrls, configuration))
        {
            draft.Check($"{GatewaySettings.Section}:ManagementUrls", overlap);
        }

        if (settings.TrustedProxies.Any(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
        {
            section.Reject(
                "TrustedProxies", "has an entry that is neither an address nor a network such as 10.0.0.0/8.");
        }

        return settings;
    }

    /// <summary>Listeners, proxies and the key are configured once, at startup.</summary>
    private static GatewaySettings KeepWhatNeedsARestart(GatewaySettings next, SettingsDraft draft)
    {
        return next with
        {
            AdminKey = Keep("AdminKey", settings => settings.AdminKey),
            ManagementUrls = Keep("ManagementUrls", settings => settings.ManagementUrls),
            TrustedProxies = Keep("TrustedProxies", settings => settings.TrustedProxies),
            MaxConnections = Keep("MaxConnections", settings => settings.MaxConnections),
            MaxConnectionsPerAddress = Keep("MaxConnectionsPerAddress", settings => settings.MaxConnectionsPerAddress),
            HeadersTimeout = Keep("HeadersTimeout", settings => settings.HeadersTimeout),
            KeepAlive = Keep("KeepAlive", settings => settings.KeepAlive),
        };

        TValue Keep<TValue>(string name, Func<GatewaySettings, TValue> value) =>
            draft.Keep($"{GatewaySettings.Section}:{name}", value(next), value);
    }

    private static List<string> Texts(SettingsReader section, string name) =>
        [.. section.List(name).Select(item => item.Value?.Trim() ?? "").Where(text => text.Length > 0)];

    /// <summary>
    /// Validates addresses with the server's own parser, which would otherwise throw only when the server starts.
    /// </summary>
    private static void CheckAddresses(SettingsDraft draft, string key, IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            draft.Check(key, IsAddress(url) ? null : "has an entry that is not an address such as http://127.0.0.1:5001.");
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https"
                && address.PathBase.Length == 0
                && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
