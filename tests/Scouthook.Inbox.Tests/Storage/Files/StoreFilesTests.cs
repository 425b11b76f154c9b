using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Tests.Storage.Files;

/// <summary>Who wrote to the files of a store.</summary>
public sealed class StoreFilesTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly StoreFiles _files;

    public StoreFilesTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux are times of writing compared.");
        foreach (var file in new[] { "store", "store-wal", "store-shm", "lock" })
        {
            File.WriteAllText(_folder[file], "");
        }

        _files = new StoreFiles(_folder["store"], _folder["store"], _folder["lock"], () => FileStatus.Read(_folder["lock"]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("store")]
    [InlineData("store-wal")]
    public void Writes_that_were_not_announced_are_those_of_another_program(string file)
    {
        Write(file);
        Assert.Equal(StoreFilesState.Written, _files.Compare());
        Assert.True(_files.NoteWritten());
        Assert.Equal(StoreFilesState.Same, _files.Compare());
    }

    [Fact]
    public void Database_may_change_while_the_log_is_copied_into_it()
    {
        _files.BeginCopying();
        _files.BeginCopying();
        Write("store");
        Assert.Equal(StoreFilesState.Same, _files.Compare());
        _files.EndCopying();
        Write("store");
        Assert.Equal(StoreFilesState.Same, _files.Compare());
        _files.EndCopying();
        Assert.Equal(StoreFilesState.Same, _files.Compare());

        Write("store");
        Assert.Equal(StoreFilesState.Written, _files.Compare());
    }

    [Fact]
    public void Log_may_not_change_while_it_is_copied()
    {
        _files.BeginCopying();
        Write("store-wal");
        Assert.Equal(StoreFilesState.Written, _files.Compare());
    }

    private void Write(string file) => File.AppendAllText(_folder[file], "x");
}
