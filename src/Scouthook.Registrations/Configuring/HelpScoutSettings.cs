using System.Collections.Frozen;

namespace Scouthook.Registrations.Configuring;

/// <summary>The connections of all sources to Help Scout's API at one moment, by the name of the source.</summary>
internal sealed record HelpScoutSettings(FrozenDictionary<string, HelpScoutConnectionSettings> Sources)
{
    /// <returns>The connection of a source; <see langword="null"/> if none is configured.</returns>
    public HelpScoutConnectionSettings? Of(string source) => Sources.GetValueOrDefault(source);
}
