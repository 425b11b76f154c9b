using Microsoft.Extensions.Primitives;
using Scouthook.Events;
using Scouthook.Settings;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The settings of receiving: sources and limits, from the configuration and from code.</summary>
internal sealed class ReceiverSection(
    OptionsPipeline<ScouthookOptions> pipeline,
    DefaultSourcePath path,
    IEnumerable<SourceMember> otherMembers,
    ISourceSecrets? stored = null) : ISettingsSection
{
    public IReadOnlyList<string> Members { get; } = ["Sources", ReceiverLimits.Section];

    public IEnumerable<Func<IChangeToken?>> Changes => pipeline.Changes;

    public void Read(SettingsReader root, SettingsDraft draft)
    {
        var options = new ScouthookOptions();
        OptionsReader.Read(root, options, otherMembers);
        pipeline.Configure(options);
        if (options.Sources.Count == 0 && stored is not null)
        {
            // Its secrets may be stored.
            options.Sources[WebhookSource.DefaultName] = new WebhookSourceOptions();
        }

        UseMappedPath(options, draft);
        pipeline.Validate(options, draft.Mistakes);

        draft.Add(options);
        draft.Add(new ReceiverLimits
        {
            MaxBytesInFlight = options.Receiver.MaxBytesInFlight,
            CommitTimeout = options.Receiver.CommitTimeout,
        });
        if (new SettingsBuilder(draft, stored).Build(options) is { } settings)
        {
            draft.Add(settings);
        }
    }

    private void UseMappedPath(ScouthookOptions options, SettingsDraft draft)
    {
        if (path.Pattern is not { } pattern)
        {
            return;
        }

        if (options.Sources.TryGetValue(WebhookSource.DefaultName, out var source))
        {
            source.Path = pattern;
        }
        else if (options.Sources.Count > 0)
        {
            draft.Mistakes.Add(
                $"MapScouthook(\"{pattern}\") sets the path of the source {WebhookSource.DefaultName}, which does not exist: "
                + $"the sources are {string.Join(", ", options.Sources.Keys)}. Set the Path of each source, and call "
                + "MapScouthook() without one.");
        }
    }
}
