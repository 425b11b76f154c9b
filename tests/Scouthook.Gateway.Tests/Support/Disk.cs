using System.Diagnostics;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>A small in-memory disk.</summary>
internal sealed class Disk : IAsyncDisposable
{
    private Disk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts the disk; if that is not permitted, skips the test.</summary>
    public static async Task<Disk> MountAsync(string path, string size)
    {
        Directory.CreateDirectory(path);
        var (exitCode, error) = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
        Assert.SkipWhen(exitCode != 0, $"A small disk cannot be mounted here: {error.Trim()}");
        return new Disk(path);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", Path);

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardError = true,
        })!;
        var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, error);
    }
}
