namespace Scouthook.EndToEnd.Tests.Support;

/// <summary>A new folder outside the repository, removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scouthook-").FullName;

    /// <summary>A name no other run uses.</summary>
    public string UniqueName => System.IO.Path.GetFileName(Path)["scouthook-".Length..].ToLowerInvariant();

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Create(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
