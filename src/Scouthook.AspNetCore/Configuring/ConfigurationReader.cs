using System.Globalization;
using Microsoft.Extensions.Configuration;
using Scouthook.Settings;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Reads the section <c>Scouthook</c> into options and notes every mistake with its key.</summary>
/// <remarks>
/// The framework's binder merges lists of several configuration sources item by item. For secrets that is dangerous:
/// an environment variable with one secret would leave the second one of a file trusted. Here the last source that
/// says anything of a list gives the whole list. The binder also needs reflection.
/// </remarks>
internal sealed class ConfigurationReader(IConfiguration configuration, List<string> mistakes)
{
    private static readonly string[] SourceMembers = ["Path", "Secrets", "Deduplicate"];
    private static readonly string[] SecretMembers = ["Value", "File", "ExpiresAt"];

    public void Read(ScouthookOptions options)
    {
        var section = configuration.GetSection(ScouthookOptions.SectionName);
        foreach (var source in section.GetSection("Sources").GetChildren())
        {
            options.Sources[source.Key] = ReadSource(source);
        }

        ReadLimits(options.Receiver, section.GetSection("Receiver"));
        if (section["Receiver:MaxBodyBytes"] is { Length: > 0 } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                options.Receiver.MaxBodyBytes = bytes;
            }
            else
            {
                mistakes.Add(
                    $"{section.Path}:Receiver:MaxBodyBytes must be a whole number of bytes up to "
                    + $"{ReceiverOptions.LargestMaxBodyBytes}.");
            }
        }
    }

    private void ReadLimits(ReceiverOptions options, IConfigurationSection section)
    {
        if (section["MaxBytesInFlight"] is { Length: > 0 } bytes
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var inFlight))
        {
            options.MaxBytesInFlight = inFlight;
        }

        if (section["BodyTimeout"] is { Length: > 0 } text)
        {
            if (DurationText.TryRead(text, out var timeout, out var problem))
            {
                options.BodyTimeout = timeout;
            }
            else
            {
                mistakes.Add($"{section.Path}:BodyTimeout {problem}");
            }
        }
    }

    private WebhookSourceOptions ReadSource(IConfigurationSection section)
    {
        RefuseOtherMembers(section.GetChildren().Select(child => child.Path), SourceMembers);
        var source = new WebhookSourceOptions { Path = section["Path"] };
        if (section["Deduplicate"] is { Length: > 0 } text)
        {
            if (bool.TryParse(text, out var deduplicate))
            {
                source.Deduplicate = deduplicate;
            }
            else
            {
                mistakes.Add($"{section.Path}:Deduplicate must be true or false.");
            }
        }

        foreach (var secret in LastSourceOf($"{section.Path}:Secrets"))
        {
            source.Secrets.Add(ReadSecret(secret));
        }

        return source;
    }

    private SigningSecretOptions ReadSecret(ProviderSection section)
    {
        RefuseOtherMembers(section.Children.Select(child => child.Path), SecretMembers);
        var secret = new SigningSecretOptions
        {
            Value = section.Value is { Length: > 0 } value ? value : section["Value"],
            File = section["File"],
        };
        if (section["ExpiresAt"] is { Length: > 0 } text)
        {
            if (DateTimeOffset.TryParseExact(
                text,
                ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var expiresAt) && HasZone(text))
            {
                secret.ExpiresAt = expiresAt;
            }
            else
            {
                mistakes.Add(
                    $"{section.Path}:ExpiresAt must be an instant with a zone, such as 2026-03-02T08:00:00Z.");
            }
        }

        return secret;
    }

    private static bool HasZone(string text) => text.EndsWith('Z') || text.AsSpan(10).IndexOfAny('+', '-') >= 0;

    /// <summary>The items of a list, all from the last configuration source that has any.</summary>
    private List<ProviderSection> LastSourceOf(string key) => configuration.Providers()
        .Reverse()
        .Select(provider => Items(new ProviderSection(provider, key)).ToList())
        .FirstOrDefault(items => items.Count > 0) ?? [];

    /// <summary>The items of a list; a single text in place of a list counts as one item.</summary>
    /// <remarks>
    /// <c>WebApplicationFactory</c> hands settings on as command line arguments, and with each setting all its parents,
    /// as empty texts. An empty text on the way to an item therefore says nothing.
    /// </remarks>
    private static IEnumerable<ProviderSection> Items(ProviderSection list) =>
        string.IsNullOrEmpty(list.Value) ? list.Children : [list];

    private void RefuseOtherMembers(IEnumerable<string> children, string[] members)
    {
        foreach (var path in children)
        {
            if (!members.Contains(ConfigurationPath.GetSectionKey(path), StringComparer.OrdinalIgnoreCase))
            {
                mistakes.Add($"{path} is not a setting; known here are {string.Join(", ", members)}.");
            }
        }
    }
}
