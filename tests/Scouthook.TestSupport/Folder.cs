namespace Scouthook.TestSupport;

/// <summary>A temporary folder for one test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scouthook-").FullName;

    /// <summary>A name that no other folder has.</summary>
    public string UniqueName => System.IO.Path.GetFileName(Path)["scouthook-".Length..].ToLowerInvariant();

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Create(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>Replaces a file atomically, as careful tools do.</summary>
    public string Replace(string name, string text)
    {
        File.WriteAllText(this[name + ".new"], text);
        File.Move(this[name + ".new"], this[name], overwrite: true);
        return this[name];
    }

    /// <summary>Points a symlink at another file atomically, as Kubernetes does with mounted secrets.</summary>
    public void Link(string name, string target)
    {
        File.CreateSymbolicLink(this[name + ".new"], this[target]);
        File.Move(this[name + ".new"], this[name], overwrite: true);
    }

    /// <summary>Puts a named pipe, to which nobody writes, in place of a file.</summary>
    public async Task ReplaceByPipeAsync(string name)
    {
        using var make = System.Diagnostics.Process.Start("mkfifo", [this[name + ".new"]]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, make.ExitCode);
        File.Move(this[name + ".new"], this[name], overwrite: true);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
