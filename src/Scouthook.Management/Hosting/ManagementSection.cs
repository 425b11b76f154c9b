using Microsoft.Extensions.Primitives;
using Scouthook.Settings;

namespace Scouthook.Management.Hosting;

/// <summary>The settings of management, from the configuration and from code.</summary>
internal sealed class ManagementSection(OptionsPipeline<ScouthookManagementOptions> pipeline) : ISettingsSection
{
    public const int MinKeyLength = 16;

    private const string Section = "Scouthook:Management";
    private const int LargestMaxStreams = 100_000;
    private const int LargestMaxLookups = 1_000;

    private static readonly string[] OwnMembers = ["AdminKey", "MaxStreams", "MaxStreamsPerKey", "MaxLookups"];

    public IReadOnlyList<string> Members { get; } = ["Management"];

    public IEnumerable<Func<IChangeToken?>> Changes => pipeline.Changes;

    public void Read(SettingsReader root, SettingsDraft draft)
    {
        var options = new ScouthookManagementOptions();
        Read(root.Section("Management"), options);
        pipeline.Configure(options);
        KeepWhatNeedsARestart(options, draft);
        pipeline.Validate(options, draft.Mistakes);
        Check(options, draft);

        draft.Add(options);
    }

    private static void Read(SettingsReader section, ScouthookManagementOptions options)
    {
        section.RejectOthers(OwnMembers);
        options.AdminKey = section.Text("AdminKey") is { Length: > 0 } key ? key : null;
        options.MaxStreams = (int)section.Number("MaxStreams", options.MaxStreams, 1, LargestMaxStreams);
        options.MaxStreamsPerKey = (int)section.Number("MaxStreamsPerKey", options.MaxStreamsPerKey, 1, LargestMaxStreams);
        options.MaxLookups = (int)section.Number("MaxLookups", options.MaxLookups, 1, LargestMaxLookups);
    }

    private static void KeepWhatNeedsARestart(ScouthookManagementOptions options, SettingsDraft draft)
    {
        options.AdminKey = Keep("AdminKey", options.AdminKey, inForce => inForce.AdminKey);
        options.ViewerPolicy = Keep("ViewerPolicy", options.ViewerPolicy, inForce => inForce.ViewerPolicy);
        options.OperatorPolicy = Keep("OperatorPolicy", options.OperatorPolicy, inForce => inForce.OperatorPolicy);
        options.AdminPolicy = Keep("AdminPolicy", options.AdminPolicy, inForce => inForce.AdminPolicy);

        string? Keep(string name, string? next, Func<ScouthookManagementOptions, string?> value) =>
            draft.Keep($"{Section}:{name}", next, value);
    }

    private static void Check(ScouthookManagementOptions options, SettingsDraft draft)
    {
        draft.Check($"{Section}:AdminKey", options.AdminKey is { Length: < MinKeyLength }
            ? $"is shorter than {MinKeyLength} characters and could be guessed."
            : null);
        draft.Check(
            $"{Section}:MaxStreams", SettingsRules.NumberProblem(options.MaxStreams, 1, LargestMaxStreams));
        draft.Check(
            $"{Section}:MaxStreamsPerKey",
            SettingsRules.NumberProblem(options.MaxStreamsPerKey, 1, LargestMaxStreams));
        draft.Check(
            $"{Section}:MaxLookups", SettingsRules.NumberProblem(options.MaxLookups, 1, LargestMaxLookups));
    }
}
