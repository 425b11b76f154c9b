using Scouthook.Settings;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Reads <see cref="ScouthookOptions"/> from the section <c>Scouthook</c>.</summary>
internal static class OptionsReader
{
    private static readonly string[] SourceMembers = ["Path", "Secrets", "Deduplicate"];
    private static readonly string[] SecretMembers = ["Value", "File", "ExpiresAt"];

    /// <param name="root">The section <c>Scouthook</c>.</param>
    /// <param name="options">The options to fill.</param>
    /// <param name="others">The members of a source that other packages read.</param>
    public static void Read(SettingsReader root, ScouthookOptions options, IEnumerable<SourceMember> others)
    {
        string[] members = [.. SourceMembers, .. others.Select(member => member.Name)];
        foreach (var source in root.Section("Sources").Children)
        {
            options.Sources[source.Name] = ReadSource(source, members);
        }

        ReadLimits(root.Section(ReceiverLimits.Section), options.Receiver);
    }

    private static void ReadLimits(SettingsReader section, ReceiverOptions options)
    {
        section.RejectOthers(ReceiverLimits.Members);
        options.MaxBodyBytes = (int)section.Number(
            "MaxBodyBytes", options.MaxBodyBytes, 1, ReceiverOptions.LargestMaxBodyBytes);
        options.MaxBytesInFlight = section.Number("MaxBytesInFlight", options.MaxBytesInFlight, 1, long.MaxValue);
        options.CommitTimeout = section.Duration(
            "CommitTimeout", options.CommitTimeout, ReceiverLimits.LongestCommitTimeout);
        options.BodyTimeout = section.Duration("BodyTimeout", options.BodyTimeout, SettingsRules.Hour);
    }

    private static WebhookSourceOptions ReadSource(SettingsReader section, string[] members)
    {
        section.RejectOthers(members, Hint);
        var source = new WebhookSourceOptions { Path = section.Text("Path") };
        source.Deduplicate = section.Flag("Deduplicate", source.Deduplicate);
        foreach (var secret in section.Items("Secrets"))
        {
            source.Secrets.Add(ReadSecret(secret));
        }

        return source;
    }

    /// <summary>Explains why a member that exists elsewhere is not one here.</summary>
    private static string Hint(string member) =>
        member.Equals("HelpScout", StringComparison.OrdinalIgnoreCase) ? " It is used by the gateway." : "";

    private static SigningSecretOptions ReadSecret(SettingsReader section)
    {
        if (section.Value is { Length: > 0 } text)
        {
            if (section.Children.Any())
            {
                section.Reject("Value", "must not be combined with a plain secret; keep one.");
            }

            return new SigningSecretOptions { Value = text };
        }

        section.RejectOthers(SecretMembers);
        return new SigningSecretOptions
        {
            Value = section.Text("Value"),
            File = section.Text("File"),
            ExpiresAt = section.Instant("ExpiresAt"),
        };
    }
}
