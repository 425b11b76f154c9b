using System.Runtime.Versioning;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>File permissions for other users of the machine, whatever the umask.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    public async Task Data_directory_is_closed_to_other_users(string mask)
    {
        await using var gateway = await StartAsync(mask);

        await Eventually.AnswersTrueAsync(
            () => Task.FromResult(File.Exists(Path.Combine(gateway.Setup.DataPath, "admin-key.sha256"))), "the key is stored");
        Assert.Equal("0700", ModeOf(gateway.Setup.DataPath));
        AssertPrivate(gateway.Setup.DataPath);
    }

    [Fact]
    public async Task Permissions_left_open_by_an_earlier_version_are_tightened_at_startup()
    {
        await using (var gateway = await StartAsync("022"))
        {
            await gateway.KillAsync();
            foreach (var path in Directory.EnumerateFileSystemEntries(gateway.Setup.DataPath, "*", SearchOption.AllDirectories)
                .Append(gateway.Setup.DataPath))
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }
        }

        await using var again = await StartAsync("022");

        Assert.Equal("0700", ModeOf(again.Setup.DataPath));
        AssertPrivate(again.Setup.DataPath);
    }

    private async Task<GatewayProcess> StartAsync(string mask)
    {
        var gateway = await GatewayProcess.StartAsync(new GatewaySetup
        {
            Folder = _folder.Path,
            AdminKey = null,
            Under = ["sh", "-c", $"umask {mask}; exec \"$@\"", "sh"],
        });
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
        return gateway;
    }

    private static void AssertPrivate(string directory)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories))
        {
            Assert.Equal((path, Directory.Exists(path) ? "0700" : "0600"), (path, ModeOf(path)));
        }
    }

    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');
}
