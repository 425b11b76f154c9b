using Microsoft.Extensions.Primitives;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>The settings of the inbox: storing, delivering and endpoints, from the configuration and from code.</summary>
internal sealed class InboxSection(OptionsPipeline<InboxOptions> pipeline, InstalledStore? store = null) : ISettingsSection
{
    public const string Inbox = $"{SettingsMonitor.Section}:Inbox";
    public const string Delivery = $"{SettingsMonitor.Section}:Delivery";
    public const string Endpoints = $"{SettingsMonitor.Section}:Endpoints";

    public IReadOnlyList<string> Members { get; } = ["Inbox", "Delivery", "Endpoints", ReceiverLimits.Section];

    public IEnumerable<Func<IChangeToken?>> Changes => pipeline.Changes;

    public void Read(SettingsReader root, SettingsDraft draft)
    {
        var options = new InboxOptions();
        InboxOptionsReader.Read(root, options, store);
        pipeline.Configure(options);
        KeepWhatNeedsARestart(options, draft);
        pipeline.Validate(options, draft.Mistakes);

        draft.Add(options);
        var settings = InboxSettingsBuilder.Build(options, draft.Find<ReceiverLimits>() ?? ReceiverLimits.Read(root), draft) with
        {
            IsDatabase = store is not null,
            Database = options.Database,
        };
        draft.Add(settings);
        RejectSourcesWithoutSecrets(settings, draft);
        var delivery = DeliverySettingsReader.Read(options.Delivery, draft);
        draft.Add(delivery);
        draft.Add(ConfiguredEndpointBuilder.Build(options.Endpoints, delivery, draft));
    }

    private static void KeepWhatNeedsARestart(InboxOptions options, SettingsDraft draft)
    {
        options.DataDirectory = draft.Keep<InboxOptions, string?>(
            $"{Inbox}:DataDirectory", options.DataDirectory, inForce => inForce.DataDirectory);
        options.Sqlite.Path = draft.Keep<InboxOptions, string?>(
            $"{Inbox}:Sqlite:Path", options.Sqlite.Path, inForce => inForce.Sqlite.Path);
        options.Database = draft.Keep<InboxOptions, StoreConnection?>(
            $"{Inbox}:PostgreSql", options.Database, inForce => inForce.Database);
        options.RepeatWindow = draft.Keep<InboxOptions, TimeSpan>(
            $"{Inbox}:RepeatWindow", options.RepeatWindow, inForce => inForce.RepeatWindow);
        options.FileMode = draft.Keep<InboxOptions, UnixFileMode>(
            $"{Inbox}:FileMode", options.FileMode, inForce => inForce.FileMode);
    }

    /// <summary>Reports sources without a configured secret at once if nothing can be stored yet.</summary>
    private static void RejectSourcesWithoutSecrets(InboxSettings settings, SettingsDraft draft)
    {
        if (draft.Find<SourcesWithoutSecrets>() is { Mistakes.Count: > 0 } sources && !settings.IsDatabase && !File.Exists(settings.SqlitePath))
        {
            draft.Mistakes.AddRange(sources.Mistakes.Values);
        }
    }
}
