using Microsoft.Extensions.Primitives;

namespace Scouthook.Settings;

/// <summary>The part of the settings that one package reads.</summary>
internal interface ISettingsSection
{
    /// <summary>The members of the section <c>Scouthook</c> that belong to it.</summary>
    IReadOnlyList<string> Members { get; }

    /// <summary>Changes outside the configuration after which it must be read again.</summary>
    IEnumerable<Func<IChangeToken?>> Changes { get; }

    /// <summary>Reads and validates its part; adds values, or every error with its key.</summary>
    void Read(SettingsReader root, SettingsDraft draft);
}
