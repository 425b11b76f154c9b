
namespace Scouthook.Cli.Serving;

/// <summary>What the flags of <c>serve</c> say; each goes over what files and environment say.</summary>
internal sealed record ServeSettings
{
    public const string DefaultUrls = "http://127.0.0.1:5000";
    public const string DefaultConfig = "scouthook.json";

    public string? Urls { get; init; }

    public IReadOnlyList<string> Secrets { get; init; } = [];

    public string? SecretFile { get; init; }

    public string? DataDirectory { get; init; }

    public string? ConfigFile { get; init; }

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
            // The flag takes precedence over a path of the database in a file, too.
            keys["Scouthook:Inbox:DataDirectory"] = DataDirectory;
            keys["Scouthook:Inbox:Sqlite:Path"] = Path.Combine(DataDirectory, "scouthook.db");
        }

        return keys;
    }
}
