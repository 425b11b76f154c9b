namespace Scouthook.Cli.Registering;

/// <summary>The settings of a source that options and environment variables override; each <see langword="null"/> if not given.</summary>
internal sealed record SourceOverrides(
    string? Api, string? ClientId, string? ClientSecret, string? ClientSecretFile, string? Secret)
{
    /// <summary>Returns none of the values, because some are secrets.</summary>
    public override string ToString() => nameof(SourceOverrides);

    /// <summary>The settings as configuration keys.</summary>
    public Dictionary<string, string?> ToKeys(string source, bool isDefault)
    {
        var key = $"Scouthook:Sources:{source}";
        var keys = new Dictionary<string, string?>();
        Add("HelpScout:Api", Api);
        Add("HelpScout:ClientId", ClientId);
        Add("HelpScout:ClientSecret", ClientSecret);
        Add("HelpScout:ClientSecret:File", ClientSecretFile is null ? null : Path.GetFullPath(ClientSecretFile));

        // As in the gateway, the variable is about the default source.
        Add("Secrets:0", isDefault ? Secret : null);
        return keys;

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                keys[$"{key}:{name}"] = value;
            }
        }
    }
}
