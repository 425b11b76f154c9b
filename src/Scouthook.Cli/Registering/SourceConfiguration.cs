using Scouthook.AspNetCore;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Serving;
using Scouthook.Events;
using Scouthook.Gateway.Configuration;
using Scouthook.Registrations.Configuring;
using Scouthook.Settings;

namespace Scouthook.Cli.Registering;

/// <summary>The configuration of one source, read as the gateway reads it.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Path">The path it receives at.</param>
/// <param name="Secret">The configured secret in force; <see langword="null"/> if there is none.</param>
/// <param name="Connection">Its connection to Help Scout.</param>
internal sealed record SourceConfiguration(string Name, string Path, string? Secret, HelpScoutConnectionSettings Connection)
{
    /// <summary>Returns the configuration key of a member of the source.</summary>
    public string KeyOf(string member) => $"{SettingsMonitor.Section}:Sources:{Name}:{member}";

    /// <summary>Returns the name only: the other members include secrets.</summary>
    public override string ToString() => Name;

    /// <param name="name">The source.</param>
    /// <param name="file">The configuration file; <see langword="null"/> for the default, which may be missing.</param>
    /// <param name="overrides">What options and environment variables say.</param>
    /// <param name="timeProvider">Decides which secrets have expired.</param>
    /// <exception cref="UsageException">There is no such source or file, or its settings are invalid; every error is listed.</exception>
    public static SourceConfiguration Read(string name, string? file, SourceOverrides overrides, TimeProvider timeProvider)
    {
        var isDefault = name.Equals(WebhookSource.DefaultName, StringComparison.OrdinalIgnoreCase);
        using var configuration = Load(name, isDefault, file, overrides, timeProvider);
        if (!isDefault)
        {
            RequireSource(name, configuration, file);
        }

        var draft = new SettingsDraft(null, new SettingsFiles(Directory.GetCurrentDirectory()));
        var root = new SettingsReader(
            ConfigurationCopy.Of(new PlainConfigurationSources(), configuration, SettingsMonitor.Section), draft.Mistakes);
        var options = new ScouthookOptions();
        OptionsReader.Read(root, options, [new SourceMember(HelpScoutSection.Member)]);
        if (!options.Sources.TryGetValue(name, out var source))
        {
            source = new WebhookSourceOptions();
        }

        var section = root.Section("Sources").Section(name);
        var connection = ConnectionReader.Read(section, draft);
        var secret = SecretInForce(section.Path, source, draft, timeProvider);
        var mistakes = draft.Mistakes
            .Where(mistake => mistake.StartsWith($"{section.Path}:", StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .ToList();
        return mistakes.Count == 0
            ? new SourceConfiguration(name, source.PathAs(name), secret, connection)
            : throw new UsageException($"The configuration of source {name} is invalid:{string.Concat(mistakes.Select(mistake => $"{Environment.NewLine}  {mistake}{Alternative(mistake)}"))}");
    }

    /// <summary>Names the environment variable for a credential that is missing.</summary>
    private static string Alternative(string mistake) => mistake switch
    {
        _ when mistake.Contains(":HelpScout:ClientId is not set", StringComparison.Ordinal) => $" Or set {AccountOptions.ClientIdVariable}.",
        _ when mistake.Contains(":HelpScout:ClientSecret is not set", StringComparison.Ordinal) => $" Or set {AccountOptions.ClientSecretVariable}.",
        _ => "",
    };

    private static ConfigurationRoot Load(
        string name, bool isDefault, string? file, SourceOverrides overrides, TimeProvider timeProvider)
    {
        try
        {
            return (ConfigurationRoot)new ConfigurationBuilder()
                .Add(new PollingJsonFile(System.IO.Path.GetFullPath(file ?? ServeSettings.DefaultConfig), isOptional: file is null, timeProvider))
                .AddEnvironmentVariables()
                .AddInMemoryCollection(overrides.ToKeys(name, isDefault))
                .Build();
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(exception.GetBaseException() is var reason && reason != exception
                ? $"{exception.Message} {reason.Message}"
                : exception.Message);
        }
    }

    /// <summary>Rejects a misspelled name. The overrides, which are last, contain any name.</summary>
    private static void RequireSource(string name, ConfigurationRoot configuration, string? file)
    {
        var names = configuration.Providers.SkipLast(1)
            .SelectMany(provider => provider.GetChildKeys([], $"{SettingsMonitor.Section}:Sources"))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"There is no source {name} in {file ?? ServeSettings.DefaultConfig}. "
                + $"Configured sources: {(names.Count > 0 ? string.Join(", ", names) : "none")}.");
        }
    }

    /// <summary>Reads the first secret that has not expired: the current one is listed first.</summary>
    private static string? SecretInForce(string key, WebhookSourceOptions source, SettingsDraft draft, TimeProvider timeProvider)
    {
        if (source.Secrets.FirstOrDefault(secret => secret.ExpiresAt is null || secret.ExpiresAt > timeProvider.GetUtcNow()) is not { } secret)
        {
            return null;
        }

        var text = secret.Value;
        if (secret.File is { } path)
        {
            text = draft.Files.Read(path, out var problem);
            draft.Check($"{key}:Secrets:{source.Secrets.IndexOf(secret)}:File:", text is null ? $"the file {path} {problem}." : null);
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
