namespace Scouthook.Cli.Serving;

/// <summary>The options of <c>serve</c>; each overrides files and environment.</summary>
internal sealed record ServeSettings
{
    public const string DefaultUrls = "http://127.0.0.1:5000";
    public const string DefaultConfig = "scouthook.json";

    public string? Urls { get; init; }

    public IReadOnlyList<string> Secrets { get; init; } = [];

    public string? SecretFile { get; init; }

    public string? DataDirectory { get; init; }

    public string? ConfigFile { get; init; }

    /// <summary>True to log each received event.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>The settings as configuration keys.</summary>
    public Dictionary<string, string?> ToKeys()
    {
        const string secrets = "Scouthook:Sources:default:Secrets";
        var keys = new Dictionary<string, string?>();
        for (var index = 0; index < Secrets.Count; index++)
        {
            keys[$"{secrets}:{index}"] = Secrets[index];
        }

        if (SecretFile is not null)
        {
            keys[$"{secrets}:{Secrets.Count}:File"] = Path.GetFullPath(SecretFile);
        }

        if (DataDirectory is not null)
        {
            // The option also overrides a database path set in a file.
            keys["Scouthook:Inbox:DataDirectory"] = DataDirectory;
            keys["Scouthook:Inbox:Sqlite:Path"] = Path.Combine(DataDirectory, "scouthook.db");
        }

        return keys;
    }
}
