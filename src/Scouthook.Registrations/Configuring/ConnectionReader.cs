using System.Globalization;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;
using Scouthook.Settings;

namespace Scouthook.Registrations.Configuring;

/// <summary>Reads and validates the connection of one source.</summary>
internal static class ConnectionReader
{
    private static readonly string[] Members = ["Api", "ClientId", "ClientSecret", "PollInterval", "Reenable", "Webhooks"];
    private static readonly string[] SecretMembers = ["Value", "File"];
    private static readonly string[] WebhookMembers = ["Url", "Events", "MailboxIds", "Label", "PayloadVersion", "Notification"];
    private static readonly string[] Versions = [PayloadVersions.V2, PayloadVersions.V3];

    public static HelpScoutConnectionSettings Read(SettingsReader source, SettingsDraft draft)
    {
        var section = source.Section(HelpScoutSection.Member);
        section.RejectOthers(Members);
        var defaults = new HelpScoutConnectionSettings(source.Name);
        var settings = defaults with
        {
            Credentials = ReadCredentials(section, draft),
            PollInterval = section.Duration("PollInterval", defaults.PollInterval, SettingsRules.Day),
            Reenable = section.Flag("Reenable", defaults.Reenable),
            Webhooks = [.. section.Section("Webhooks").Children.Select(ReadWebhook)],
        };
        if (settings.Reenable && settings.Webhooks.Count == 0)
        {
            section.Reject(
                "Reenable",
                "needs at least one registration in Webhooks. Enabling sends the whole registration with the secret of this source, "
                + "so it must be clear which registrations are yours.");
        }

        return settings;
    }

    private static HelpScoutCredentials? ReadCredentials(SettingsReader section, SettingsDraft draft)
    {
        var api = ReadApi(section);
        var id = section.Text("ClientId")?.Trim() is { Length: > 0 } text ? text : null;
        var isSecretSet = ReadSecret(section, draft, out var secret);
        if (id is null && isSecretSet)
        {
            section.Reject("ClientId", "is not set. Copy it, with the client secret, from Your Profile > My Apps in Help Scout.");
        }
        else if (id is not null && !isSecretSet)
        {
            section.Reject("ClientSecret", "is not set. Copy it, with the client id, from Your Profile > My Apps in Help Scout.");
        }

        return id is not null && secret is not null
            ? new HelpScoutCredentials { Api = api, ClientId = id, ClientSecret = secret }
            : null;
    }

    private static Uri ReadApi(SettingsReader section)
    {
        if (section.Text("Api") is not { Length: > 0 } text)
        {
            return HelpScoutCredentials.DefaultApi;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var api) && api is { Scheme: "http" or "https", UserInfo: "", Query: "" })
        {
            return api;
        }

        section.Reject("Api", $"must be an http or https URL such as {HelpScoutCredentials.DefaultApi}.");
        return HelpScoutCredentials.DefaultApi;
    }

    /// <returns>Whether a secret is configured, also if it is invalid.</returns>
    private static bool ReadSecret(SettingsReader section, SettingsDraft draft, out string? secret)
    {
        const string name = "ClientSecret";
        secret = null;

        // All from the last source that has it: a value from the environment replaces a file.
        var items = section.Items(name);
        if (items.Count == 0)
        {
            return false;
        }

        if (items.Count > 1 || (items[0].Value is { Length: > 0 } && items[0].Children.Any()))
        {
            section.Reject(name, "must be a single value, or a section with either Value or File.");
            return true;
        }

        var text = items[0].Value ?? "";
        if (items[0].Path.EndsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            secret = text;
        }
        else if (!SecretMembers.Contains(items[0].Name, StringComparer.OrdinalIgnoreCase))
        {
            items[0].Reject($"is not a setting; valid settings here are {string.Join(", ", SecretMembers)}.");
            return true;
        }
        else if (items[0].Name.Equals("File", StringComparison.OrdinalIgnoreCase))
        {
            secret = draft.Files.Read(text, out var problem);
            if (secret is null)
            {
                items[0].Reject($"the file {text} {problem}.");
                return true;
            }
        }
        else
        {
            secret = text;
        }

        secret = secret.Trim();
        if (secret.Length == 0)
        {
            section.Reject(name, "is empty. Copy it from Your Profile > My Apps in Help Scout.");
            secret = null;
        }

        return true;
    }

    private static ExpectedRegistration ReadWebhook(SettingsReader section)
    {
        section.RejectOthers(WebhookMembers);
        var events = section.List("Events");
        foreach (var item in events.Where(item => RegistrationRules.EventProblem(item.Value) is not null))
        {
            item.Reject(RegistrationRules.EventProblem(item.Value)!);
        }

        var version = section.Text("PayloadVersion") is { Length: > 0 } text ? text : null;
        if (version is not null && !Versions.Contains(version))
        {
            section.Reject("PayloadVersion", $"must be one of {string.Join(", ", Versions)}.");
        }

        var url = section.Text("Url") ?? "";
        if (RegistrationRules.UrlProblem(url) is { } problem)
        {
            section.Reject("Url", problem);
        }

        return new ExpectedRegistration
        {
            Name = section.Name,
            Url = url,
            Events = events.Count > 0 ? [.. events.Select(item => item.Value ?? "").Distinct()] : AcceptedEvents.All,
            AllowsOtherEvents = events.Count == 0,
            MailboxIds = [.. section.List("MailboxIds").Where(item => item.Value is { Length: > 0 }).Select(ReadMailboxId).Distinct()],
            Label = section.Text("Label") is { Length: > 0 } label ? label : null,
            PayloadVersion = version,
            Notification = section.Flag("Notification", otherwise: false),
        };
    }

    private static long ReadMailboxId(SettingsReader item)
    {
        if (!long.TryParse(item.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            item.Reject("must be the number of an inbox.");
        }

        return id;
    }
}
