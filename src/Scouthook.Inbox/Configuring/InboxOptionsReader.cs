using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Reads <see cref="InboxOptions"/> from the section <c>Scouthook</c>.</summary>
internal static class InboxOptionsReader
{
    private const string Sqlite = "Sqlite";
    private const string PostgreSql = "PostgreSql";

    private static readonly string[] InboxMembers =
        ["Store", "DataDirectory", Sqlite, PostgreSql, "RepeatWindow", "Retention", "DeadLetterRetention", "FileMode"];

    private static readonly string[] DeliveryMembers =
        ["RetrySchedule", "Timeout", "Concurrency", "AllowPrivateNetworks", "AllowedNetworks"];

    private static readonly string[] EndpointMembers =
    [
        "Url", "Events", "MailboxIds", "Ordering", "Timeout", "Concurrency", "IncludeUnreadable", "Secret", "SecretFile",
        "StartFrom",
    ];

    public static void Read(SettingsReader root, InboxOptions options, InstalledStore? store = null)
    {
        ReadInbox(root.Section("Inbox"), options, store);
        ReadDelivery(root.Section("Delivery"), options.Delivery);
        foreach (var endpoint in root.Section("Endpoints").Children)
        {
            options.Endpoints[endpoint.Name] = ReadEndpoint(endpoint);
        }
    }

    private static void ReadInbox(SettingsReader section, InboxOptions options, InstalledStore? store)
    {
        section.RejectOthers(InboxMembers);
        if (section.Text("Store") is { Length: > 0 } name
            && !name.Equals(store?.Name ?? Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            section.Reject("Store", StoreProblem(name, store));
        }

        options.Database = ReadDatabase(section.Section(PostgreSql), store);

        var sqlite = section.Section(Sqlite);
        sqlite.RejectOthers(["Path"]);
        options.DataDirectory = section.Text("DataDirectory") is { Length: > 0 } directory ? directory : null;
        options.Sqlite.Path = sqlite.Text("Path") is { Length: > 0 } path ? path : null;
        options.RepeatWindow = section.Duration("RepeatWindow", options.RepeatWindow, SettingsRules.TenYears);
        options.Retention = section.Duration("Retention", options.Retention, SettingsRules.TenYears);
        options.DeadLetterRetention = section.Duration(
            "DeadLetterRetention", options.DeadLetterRetention, SettingsRules.TenYears);
        options.FileMode = FileMode(section, options.FileMode);
    }

    private static string StoreProblem(string name, InstalledStore? store) => store is not null
        ? $"must be {store.Name}, the store that the app has installed."
        : name.Equals(PostgreSql, StringComparison.OrdinalIgnoreCase)
            ? $"requires UsePostgreSql of the package Scouthook.Inbox.PostgreSql to be {PostgreSql}."
            : $"must be {Sqlite} or {PostgreSql}.";

    private static StoreConnection? ReadDatabase(SettingsReader section, InstalledStore? store)
    {
        section.RejectOthers(["ConnectionString", "ListenConnectionString"]);
        var (main, listen) = (Text("ConnectionString"), Text("ListenConnectionString"));
        if (main is null && store is { IsSetInCode: false })
        {
            section.Reject("ConnectionString", "is required with this store.");
        }

        return main is null ? null : new StoreConnection(main, listen);

        string? Text(string name)
        {
            var text = section.Text(name) is { Length: > 0 } value ? value : null;
            if (text is not null && store?.FindProblem(text) is { } problem)
            {
                section.Reject(name, problem);
            }

            return text;
        }
    }

    private static UnixFileMode FileMode(SettingsReader section, UnixFileMode otherwise)
    {
        switch (section.Text("FileMode"))
        {
            case null or "":
                return otherwise;
            case "0600":
                return InboxSettingsBuilder.OwnerOnly;
            case "0640":
                return InboxSettingsBuilder.OwnerAndGroup;
            default:
                section.Reject("FileMode", InboxSettingsBuilder.FileModeRule);
                return otherwise;
        }
    }

    private static void ReadDelivery(SettingsReader section, DeliveryOptions options)
    {
        section.RejectOthers(DeliveryMembers);
        foreach (var wait in section.List("RetrySchedule"))
        {
            // An invalid wait keeps its index, so that later ones are reported under their own keys.
            options.RetrySchedule.Add(wait.Duration(DeliverySettingsReader.LongestWait) ?? TimeSpan.FromSeconds(1));
        }

        options.Timeout = section.Duration("Timeout", options.Timeout, SettingsRules.Hour);
        options.Concurrency = (int)section.Number(
            "Concurrency", options.Concurrency, 1, DeliverySettingsReader.LargestConcurrency);
        options.AllowPrivateNetworks = section.Flag("AllowPrivateNetworks", options.AllowPrivateNetworks);
        foreach (var network in section.List("AllowedNetworks"))
        {
            options.AllowedNetworks.Add((network.Value ?? "").Trim());
        }
    }

    private static WebhookEndpointOptions ReadEndpoint(SettingsReader section)
    {
        section.RejectOthers(EndpointMembers);
        var options = new WebhookEndpointOptions
        {
            Url = section.Text("Url"),
            Timeout = section.Text("Timeout") is { Length: > 0 }
                ? section.Duration("Timeout", TimeSpan.FromSeconds(1), SettingsRules.Hour)
                : null,
            Concurrency = section.Text("Concurrency") is { Length: > 0 }
                ? (int)section.Number("Concurrency", 1, 1, DeliverySettingsReader.LargestConcurrency)
                : null,
            IncludeUnreadable = section.Flag("IncludeUnreadable", otherwise: true),
            StartFrom = section.Text("StartFrom"),
            Secret = section.Text("Secret"),
            SecretFile = section.Text("SecretFile") is { Length: > 0 } file ? file : null,
        };
        if (section.Text("Ordering") is { Length: > 0 } text)
        {
            if (EndpointRules.TryReadOrdering(text, out var ordering))
            {
                options.Ordering = ordering;
            }
            else
            {
                section.Reject("Ordering", EndpointRules.OrderingRule);
            }
        }

        foreach (var pattern in section.List("Events"))
        {
            options.Events.Add(pattern.Value ?? "");
        }

        foreach (var id in section.List("MailboxIds"))
        {
            if (long.TryParse(id.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                options.MailboxIds.Add(number);
            }
            else
            {
                id.Reject("must be a mailbox id, which is a number.");
            }
        }

        return options;
    }
}
