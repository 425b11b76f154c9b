namespace Scouthook.Settings;

/// <summary>A configuration source that reads a file and keeps its last valid content.</summary>
internal interface IConfigurationFile
{
    /// <summary>The reason why the present file is not in use; <see langword="null"/> if it is.</summary>
    string? Problem { get; }
}
