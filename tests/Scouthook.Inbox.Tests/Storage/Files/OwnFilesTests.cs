using System.Runtime.Versioning;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Storage.Files;
using Scouthook.Inbox.Tests.Storage.Sqlite;

namespace Scouthook.Inbox.Tests.Storage.Files;

/// <summary>The permissions of a store's files, which every local user could once read.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnFilesTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForGroup = Private | UnixFileMode.GroupRead;
    private const UnixFileMode World =
        ForGroup | UnixFileMode.OtherRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const int Shared = 4015;

    private readonly Folder _folder = new();

    private string Data => _folder["data"];

    private string Database => _folder["data/scouthook.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Private, "0600", "0700")]
    [InlineData(ForGroup, "0640", "0750")]
    public async Task New_files_get_the_configured_permissions(UnixFileMode mode, string file, string directory)
    {
        using var store = await UseAsync(mode);

        Assert.Equal(directory, ModeOf(Data));
        Assert.Equal(directory, ModeOf(Path.Combine(Data, "keys")));
        Assert.All(FilesIn(Data), path => Assert.Equal((path, file), (path, ModeOf(path))));
        Assert.Equal(5, FilesIn(Data).Count);
    }

    [Theory]
    [InlineData(Private, "0600", "0700")]
    [InlineData(ForGroup, "0640", "0750")]
    public async Task Existing_files_get_the_configured_permissions_at_startup(UnixFileMode mode, string file, string directory)
    {
        (await UseAsync(Private)).Dispose();
        await File.WriteAllTextAsync(Path.Combine(Data, "admin-key.sha256"), "00", TestContext.Current.CancellationToken);
        foreach (var path in FilesIn(Data).Append(Data).Append(Path.Combine(Data, "keys")))
        {
            File.SetUnixFileMode(path, World);
        }

        using var store = await OpenStore.StartAsync(Database, mode);
        new OwnFiles(mode).TightenKeys(Data, store.DatabaseLog);

        Assert.Equal(directory, ModeOf(Data));
        Assert.Equal(directory, ModeOf(Path.Combine(Data, "keys")));
        Assert.All(FilesIn(Data), path => Assert.Equal((path, file), (path, ModeOf(path))));
        Assert.DoesNotContain(store.DatabaseLog.Entries, entry => entry.Id == Shared);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Directory_with_files_of_other_programs_only_causes_a_warning(bool isSticky)
    {
        Directory.CreateDirectory(Data);
        if (!isSticky)
        {
            await File.WriteAllTextAsync(Path.Combine(Data, "notes.txt"), "mine", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(Path.Combine(Data, "notes.txt"), World);
        }

        File.SetUnixFileMode(Data, isSticky ? World | UnixFileMode.StickyBit : World);

        using var store = await OpenStore.StartAsync(Database, Private);

        Assert.Equal(isSticky ? "1755" : "0755", ModeOf(Data));
        Assert.Equal("0600", ModeOf(Database));
        Assert.Contains(store.DatabaseLog.Entries, entry => entry.Id == Shared && entry.Text.Contains(Data, StringComparison.Ordinal));
        if (!isSticky)
        {
            Assert.Equal("0755", ModeOf(Path.Combine(Data, "notes.txt")));
        }
    }

    [Fact]
    public async Task Permissions_are_unchanged_unless_configured()
    {
        (await UseAsync(ForGroup)).Dispose();

        using var store = await OpenStore.StartAsync(Database);

        Assert.Equal("0750", ModeOf(Data));
        Assert.Equal("0640", ModeOf(Database));
        Assert.Equal("0640", ModeOf(Database + "-wal"));
    }

    [Fact]
    public void Key_ring_is_not_created_if_the_data_directory_is_gone()
    {
        Directory.CreateDirectory(_folder["gone"]);
        using var protector = new SecretProtector(_folder["gone/keys"]);
        protector.Protect(new EndpointSecrets(EndpointSecret.Generate()));
        Directory.Delete(_folder["gone"], recursive: true);

        Assert.Throws<KeyRingUnusableException>(() => protector.Protect(new EndpointSecrets(EndpointSecret.Generate())));

        Assert.False(Directory.Exists(_folder["gone"]));
    }

    private async Task<OpenStore> UseAsync(UnixFileMode mode)
    {
        var store = await OpenStore.StartAsync(Database, mode);
        await store.AppendAsync();
        using var protector = new SecretProtector(Path.Combine(Data, "keys"), mode);
        protector.Protect(new EndpointSecrets(EndpointSecret.Generate()));
        return store;
    }

    private static IReadOnlyList<string> FilesIn(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)];

    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');
}
