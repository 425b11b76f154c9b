namespace Scouthook.Settings;

/// <summary>A configuration source that reads a file and keeps its last valid content.</summary>
internal interface IConfigurationFile
{
    /// <summary>Why the file as it is now is not the one in use; <see langword="null"/>: it is.</summary>
    string? Problem { get; }
}
