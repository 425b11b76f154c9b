using System.Globalization;

namespace Scouthook.TestSupport.Gateways;

/// <summary>The settings of a gateway to start.</summary>
internal sealed record GatewaySetup
{
    public const string Secret = "scouthook-gateway-test-secret";
    public const string Key = "scouthook-gateway-test-admin-key";

    /// <summary>The working directory, which contains everything else.</summary>
    public required string Folder { get; init; }

    /// <summary>The data directory, relative to the folder or absolute.</summary>
    public string Data { get; init; } = "data";

    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    public IReadOnlyList<string> Secrets { get; init; } = [Secret];

    /// <summary>Further arguments of <c>serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The key to the management API; <see langword="null"/> to let the gateway generate one.</summary>
    public string? AdminKey { get; init; } = Key;

    /// <summary>Settings by their keys; a process gets them as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The tool, in a process of its own; <see langword="null"/> for the one that was built.</summary>
    public string? Program { get; init; }

    /// <summary>A program with arguments that runs the gateway.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    public string DataPath => Path.Combine(Folder, Data);

    public string Database => Path.Combine(DataPath, "scouthook.db");

    public GatewaySetup With(string key, string value) =>
        this with { Settings = new Dictionary<string, string>(Settings) { [key] = value } };

    public GatewaySetup With(string key, long value) => With(key, value.ToString(CultureInfo.InvariantCulture));

    public IEnumerable<string> CommandLine(string executable) =>
    [
        .. Under, executable, "serve",
        .. Urls.Count > 0 ? ["--urls", string.Join(';', Urls)] : Array.Empty<string>(),
        .. Secrets.SelectMany(secret => new[] { "--secret", secret }),
        .. Data.Length > 0 ? ["--data", DataPath] : Array.Empty<string>(),
        .. Arguments,
    ];

    /// <summary>Everything that is set by its key, later values over earlier ones.</summary>
    public IReadOnlyDictionary<string, string?> AllSettings()
    {
        // The disk of the test machine is not under test.
        var settings = new Dictionary<string, string?> { ["Scouthook:Gateway:MinFreeDiskBytes"] = "0" };
        if (AdminKey is not null)
        {
            settings["Scouthook:Gateway:AdminKey"] = AdminKey;
        }

        foreach (var (key, value) in Settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    public IEnumerable<KeyValuePair<string, string?>> Variables() => AllSettings()
        .Select(it => KeyValuePair.Create(it.Key.Replace(":", "__", StringComparison.Ordinal), it.Value))
        .Concat(Environment.Select(it => KeyValuePair.Create(it.Key, (string?)it.Value)));
}
