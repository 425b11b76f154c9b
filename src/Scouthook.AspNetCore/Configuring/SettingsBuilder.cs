using System.Buffers;
using System.Collections.Frozen;
using Scouthook.Events;
using Scouthook.Settings;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Converts options to validated settings, or reports every error with the key to set.</summary>
internal sealed class SettingsBuilder(SettingsDraft draft, ISourceSecrets? stored)
{
    private const string Receiver = $"{ScouthookOptions.SectionName}:{ReceiverLimits.Section}";
    private const string Sources = $"{ScouthookOptions.SectionName}:Sources";

    private static readonly SearchValues<char> NotInPlainPaths = SearchValues.Create("{}*?#%\\ ");

    private readonly List<string> _mistakes = draft.Mistakes;
    private readonly Dictionary<string, string> _withoutSecrets = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>The settings; <see langword="null"/> if there is any error.</returns>
    public ReceiverSettings? Build(ScouthookOptions options)
    {
        CheckLimits(options.Receiver);
        if (options.Sources.Count == 0)
        {
            _mistakes.Add(
                $"{Sources}:{WebhookSource.DefaultName}:Secrets:0 is not set. Enter the webhook secret "
                + "exactly as in Help Scout.");
        }

        var secrets = options.Sources.ToDictionary(entry => entry.Key, entry => SecretsOf(entry.Key, entry.Value));
        var paths = options.Sources.ToDictionary(entry => entry.Key, entry => PathOf(entry.Key, entry.Value));
        foreach (var shared in paths.GroupBy(entry => entry.Value.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
        {
            if (shared.Count() > 1)
            {
                _mistakes.Add(
                    $"{string.Join(" and ", shared.Select(entry => $"{Sources}:{entry.Key}:Path"))} are the same "
                    + $"path, {shared.Key}; each source needs its own.");
            }
        }

        draft.Add(new SourcesWithoutSecrets(_withoutSecrets));
        if (_mistakes.Count > 0)
        {
            return null;
        }

        return new ReceiverSettings(
            options.Sources.ToFrozenDictionary(
                entry => entry.Key,
                entry => new SourceSettings(
                    entry.Key,
                    paths[entry.Key],
                    secrets[entry.Key],
                    entry.Value.Deduplicate),
                StringComparer.OrdinalIgnoreCase),
            options.Receiver.MaxBodyBytes)
        {
            MaxBytesInFlight = options.Receiver.MaxBytesInFlight,
            BodyTimeout = options.Receiver.BodyTimeout,
        };
    }

    private void CheckLimits(ReceiverOptions options)
    {
        draft.Check(
            $"{Receiver}:MaxBodyBytes",
            SettingsRules.NumberProblem(options.MaxBodyBytes, 1, ReceiverOptions.LargestMaxBodyBytes));
        draft.Check(
            $"{Receiver}:MaxBytesInFlight", SettingsRules.NumberProblem(options.MaxBytesInFlight, 1, long.MaxValue));
        draft.Check(
            $"{Receiver}:CommitTimeout",
            SettingsRules.DurationProblem(options.CommitTimeout, ReceiverLimits.LongestCommitTimeout));
        draft.Check(
            $"{Receiver}:BodyTimeout", SettingsRules.DurationProblem(options.BodyTimeout, SettingsRules.Hour));
    }

    private string PathOf(string name, WebhookSourceOptions source)
    {
        var path = source.PathAs(name);
        if (path.Length < 2 || path[0] != '/' || path.AsSpan().ContainsAny(NotInPlainPaths)
            || path.Contains("//", StringComparison.Ordinal) || path.Any(char.IsControl)
            || path.Split('/').Any(segment => segment is "." or ".."))
        {
            _mistakes.Add($"{Sources}:{name}:Path must be a plain path such as /webhook, without parameters or spaces.");
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
            ReportMissing(
                name,
                $"{key}:0 is not set. Enter the webhook secret exactly as in Help Scout; without it, source "
                + $"{name} can't distinguish real events from forged ones.");
        }

        return secrets;
    }

    /// <summary>Reports that a source has no configured secret, now or, if one may be stored, once the store has been read.</summary>
    private void ReportMissing(string name, string mistake)
    {
        if (stored is null || stored.Current?.Has(name) is false)
        {
            _mistakes.Add(mistake);
        }
        else if (stored.Current is null)
        {
            _withoutSecrets.Add(name, mistake);
        }
    }

    private string? TextOf(SigningSecretOptions secret, string key)
    {
        if (secret.Value is not null && secret.File is not null)
        {
            _mistakes.Add($"{key} has both Value and File; keep one.");
            return null;
        }

        var text = secret.File is { } file ? FileText(file, key) : secret.Value ?? "";
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            _mistakes.Add(
                (secret.File is { } empty ? $"{key}:File: the file {empty} is empty." : $"{key} is empty.")
                + " Enter the webhook secret exactly as in Help Scout.");
            return null;
        }

        if (text is not null && text.Any(char.IsSurrogate) && !IsWellFormed(text))
        {
            _mistakes.Add($"{key} is not valid Unicode text.");
            return null;
        }

        return text;
    }

    private string? FileText(string file, string key)
    {
        var text = draft.Files.Read(file, out var problem);
        if (text is null)
        {
            _mistakes.Add($"{key}:File: the file {file} {problem}.");
        }

        return text;
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
