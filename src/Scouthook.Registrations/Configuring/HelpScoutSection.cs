using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using Scouthook.Settings;

namespace Scouthook.Registrations.Configuring;

/// <summary>Reads the connections to Help Scout, <c>Scouthook:Sources:&lt;name&gt;:HelpScout</c>.</summary>
internal sealed class HelpScoutSection : ISettingsSection
{
    /// <summary>The member of a source that this section reads.</summary>
    public const string Member = "HelpScout";

    public IReadOnlyList<string> Members { get; } = ["Sources"];

    public IEnumerable<Func<IChangeToken?>> Changes => [];

    public void Read(SettingsReader root, SettingsDraft draft) => draft.Add(new HelpScoutSettings(
        root.Section("Sources").Children
            .Where(source => source.Children.Any(child => child.Name.Equals(Member, StringComparison.OrdinalIgnoreCase)))
            .Select(source => ConnectionReader.Read(source, draft))
            .ToFrozenDictionary(connection => connection.Source, StringComparer.OrdinalIgnoreCase)));
}
