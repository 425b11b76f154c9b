using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Scouthook.Settings;

namespace Scouthook.Gateway.Operating;

/// <summary>Reads the section <c>Scouthook:Gateway</c> and notes every mistake with its key.</summary>
internal sealed class GatewaySettingsReader(IConfiguration configuration, List<string> mistakes)
{
    private const int MinKeyLength = 16;

    /// <summary>What may stand in each section. The sources are checked where they are read.</summary>
    private static readonly (string Section, string[] Members)[] Known =
    [
        ("Scouthook", ["Sources", "Receiver", "Inbox", "Gateway", "Management", "Endpoints", "Delivery"]),
        ("Scouthook:Receiver", ["MaxBodyBytes", "MaxBytesInFlight", "CommitTimeout", "BodyTimeout"]),
        ("Scouthook:Inbox", ["Store", "Sqlite", "PostgreSql", "RepeatWindow", "Retention", "DeadLetterRetention", "FileMode"]),
        ("Scouthook:Inbox:Sqlite", ["Path"]),
        ("Scouthook:Delivery", ["RetrySchedule", "Timeout", "Concurrency", "AllowPrivateNetworks", "AllowedNetworks"]),
        (ManagementSettings.Section, ["MaxStreams", "MaxStreamsPerKey", "MaxLookups"]),
        (GatewaySettings.Section,
        [
            "AdminKey", "ManagementUrls", "MinFreeDiskBytes", "SilentAfter", "TrustedProxies", "MaxConnections",
            "MaxConnectionsPerAddress", "HeadersTimeout", "KeepAlive",
        ]),
    ];

    private static readonly GatewaySettings Defaults = new();

    public GatewaySettings Read()
    {
        RefuseOtherMembers();
        var settings = new GatewaySettings
        {
            AdminKey = Text("AdminKey"),
            ManagementUrls = List("ManagementUrls"),
            TrustedProxies = List("TrustedProxies"),
            MinFreeDiskBytes = Bytes("MinFreeDiskBytes", Defaults.MinFreeDiskBytes),
            SilentAfter = Duration("SilentAfter", Defaults.SilentAfter),
            MaxConnections = Text("MaxConnections") is null
                ? null
                : Number($"{GatewaySettings.Section}:MaxConnections", GatewaySettings.LeastConnections, 0),
            MaxConnectionsPerAddress = Number(
                $"{GatewaySettings.Section}:MaxConnectionsPerAddress", 1, Defaults.MaxConnectionsPerAddress),
            HeadersTimeout = Duration("HeadersTimeout", Defaults.HeadersTimeout),
            KeepAlive = Duration("KeepAlive", Defaults.KeepAlive),
        };
        if (settings.AdminKey is { Length: < MinKeyLength })
        {
            mistakes.Add(
                $"{GatewaySettings.Section}:AdminKey is shorter than {MinKeyLength} characters and could be guessed. "
                + "Leave it out to have one generated.");
        }

        CheckAddresses(
            "urls", configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? []);
        CheckAddresses($"{GatewaySettings.Section}:ManagementUrls", settings.ManagementUrls);

        foreach (var proxy in settings.TrustedProxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            {
                mistakes.Add(
                    $"{GatewaySettings.Section}:TrustedProxies has an entry that is neither an address nor a network "
                    + "such as 10.0.0.0/8.");
            }
        }

        return settings;
    }

    public ManagementSettings ReadManagement()
    {
        var defaults = new ManagementSettings();
        return new ManagementSettings
        {
            MaxStreams = Number($"{ManagementSettings.Section}:MaxStreams", 1, defaults.MaxStreams),
            MaxStreamsPerKey = Number($"{ManagementSettings.Section}:MaxStreamsPerKey", 1, defaults.MaxStreamsPerKey),
            MaxLookups = Number($"{ManagementSettings.Section}:MaxLookups", 1, defaults.MaxLookups),
        };
    }

    private int Number(string key, int least, int otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        mistakes.Add($"{key} must be a whole number of at least {least}.");
        return otherwise;
    }

    /// <summary>A misspelt setting is a setting that does not work: it must not pass unseen.</summary>
    private void RefuseOtherMembers()
    {
        foreach (var (section, members) in Known)
        {
            foreach (var child in configuration.GetSection(section).GetChildren())
            {
                if (!members.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                {
                    mistakes.Add($"{child.Path} is not a setting; known here are {string.Join(", ", members)}.");
                }
            }
        }
    }

    /// <summary>Asks the server's own parser, which would otherwise throw only when the server starts.</summary>
    private void CheckAddresses(string key, IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            if (!IsAddress(url))
            {
                mistakes.Add($"{key} has an entry that is not an address such as http://127.0.0.1:5001.");
            }
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

    private string? Text(string name) =>
        configuration[$"{GatewaySettings.Section}:{name}"] is { Length: > 0 } text ? text : null;

    /// <summary>A list given item by item, or as one text with semicolons, as addresses are given elsewhere.</summary>
    private List<string> List(string name)
    {
        var section = configuration.GetSection($"{GatewaySettings.Section}:{name}");
        var items = section.Value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? section.GetChildren().Select(child => child.Value ?? "");
        return [.. items.Where(item => item.Length > 0)];
    }

    private TimeSpan Duration(string name, TimeSpan otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (DurationText.TryRead(text, out var duration, out var problem) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        mistakes.Add($"{GatewaySettings.Section}:{name} {problem}");
        return otherwise;
    }

    private long Bytes(string name, long otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            return bytes;
        }

        mistakes.Add($"{GatewaySettings.Section}:{name} must be a whole number of bytes.");
        return otherwise;
    }
}
