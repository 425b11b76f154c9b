namespace Scouthook.Settings;

/// <summary>Provides the settings of sources that stages after receiving need.</summary>
/// <remarks>Implemented by the package that reads the settings of sources, asked by packages that do not reference it.</remarks>
internal interface ISourceRules
{
    /// <summary>Checks whether repeats of a request are recognised, by the settings in force.</summary>
    /// <param name="source">The name of a source; one that is no longer configured has the default, <see langword="true"/>.</param>
    bool Deduplicates(string source);
}
