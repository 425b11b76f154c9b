using System.Buffers;
using System.Collections.Frozen;
using Scouthook.Events;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Turns options into settings in force, or into a list of every mistake with the key to set.</summary>
internal sealed class SettingsBuilder(string contentRoot, TimeProvider timeProvider, List<string> mistakes)
{
    private const string Sources = $"{ScouthookOptions.SectionName}:Sources";

    private static readonly SearchValues<char> NotInPlainPaths = SearchValues.Create("{}*?# ");

    /// <returns>The settings; <see langword="null"/> when there is any mistake.</returns>
    public ReceiverSettings? Build(ScouthookOptions options)
    {
        if (options.Sources.Count == 0)
        {
            mistakes.Add(
                $"{Sources}:{WebhookSource.DefaultName}:Secrets:0 is not set. Enter the secret of the webhook as it "
                + "stands at Help Scout.");
        }

        if (options.Receiver.MaxBodyBytes is <= 0 or > ReceiverOptions.LargestMaxBodyBytes)
        {
            mistakes.Add(
                $"{ScouthookOptions.SectionName}:Receiver:MaxBodyBytes must be more than 0 and at most "
                + $"{ReceiverOptions.LargestMaxBodyBytes}.");
        }

        if (options.Receiver.BodyTimeout <= TimeSpan.Zero || options.Receiver.BodyTimeout > TimeSpan.FromHours(1))
        {
            mistakes.Add($"{ScouthookOptions.SectionName}:Receiver:BodyTimeout must be more than 0 and at most 1h.");
        }

        var secrets = options.Sources.ToDictionary(entry => entry.Key, entry => SecretsOf(entry.Key, entry.Value));
        var paths = options.Sources.ToDictionary(entry => entry.Key, entry => PathOf(entry.Key, entry.Value));
        foreach (var shared in paths.GroupBy(entry => entry.Value.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
        {
            if (shared.Count() > 1)
            {
                mistakes.Add(
                    $"{string.Join(" and ", shared.Select(entry => $"{Sources}:{entry.Key}:Path"))} are the same "
                    + $"path, {shared.Key}; each source needs its own.");
            }
        }

        if (mistakes.Count > 0)
        {
            return null;
        }

        return new ReceiverSettings(
            options.Sources.ToFrozenDictionary(
                entry => entry.Key,
                entry => new SourceSettings(
                    entry.Key,
                    paths[entry.Key],
                    new SigningSecrets(secrets[entry.Key], timeProvider),
                    entry.Value.Deduplicate),
                StringComparer.OrdinalIgnoreCase),
            options.Receiver.MaxBodyBytes)
        {
            MaxBytesInFlight = options.Receiver.MaxBytesInFlight,
            BodyTimeout = options.Receiver.BodyTimeout,
        };
    }

    private string PathOf(string name, WebhookSourceOptions source)
    {
        var path = source.Path ?? (name.Equals(WebhookSource.DefaultName, StringComparison.OrdinalIgnoreCase)
            ? "/webhook"
            : $"/webhook/{name}");
        if (path.Length < 2 || path[0] != '/' || path.AsSpan().ContainsAny(NotInPlainPaths)
            || path.Contains("//", StringComparison.Ordinal))
        {
            mistakes.Add($"{Sources}:{name}:Path must be a plain path such as /webhook, without parameters or blanks.");
        }

        return path;
    }

    private List<SigningSecret> SecretsOf(string name, WebhookSourceOptions source)
    {
        var key = $"{Sources}:{name}:Secrets";
        var secrets = new List<SigningSecret>();
        for (var index = 0; index < source.Secrets.Count; index++)
        {
            if (TextOf(source.Secrets[index], $"{key}:{index}") is { } text)
            {
                secrets.Add(new SigningSecret(text, source.Secrets[index].ExpiresAt));
            }
        }

        if (source.Secrets.Count == 0)
        {
            mistakes.Add(
                $"{key}:0 is not set. Enter the secret of the webhook as it stands at Help Scout; without it, source "
                + $"{name} could not tell a real event from a forged one.");
        }

        return secrets;
    }

    private string? TextOf(SigningSecretOptions secret, string key)
    {
        if (secret.Value is not null && secret.File is not null)
        {
            mistakes.Add($"{key} has both Value and File; keep one.");
            return null;
        }

        var text = secret.File is { } file ? FileText(file, key) : secret.Value ?? "";
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            mistakes.Add($"{key} is empty. Enter the secret of the webhook as it stands at Help Scout.");
            return null;
        }

        if (text is not null && text.Any(char.IsSurrogate) && !IsWellFormed(text))
        {
            mistakes.Add($"{key} is not valid Unicode text.");
            return null;
        }

        return text;
    }

    private string? FileText(string file, string key)
    {
        try
        {
            return File.ReadAllText(Path.Combine(contentRoot, file)).TrimEnd('\r', '\n');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add($"{key}:File: the file {file} cannot be read ({problem.GetType().Name}).");
            return null;
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && (index + 1 == text.Length || !char.IsSurrogatePair(text, index++)))
            {
                return false;
            }
        }

        return true;
    }
}
