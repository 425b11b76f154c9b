using Microsoft.Extensions.Options;
using Scouthook.Inbox;

namespace Scouthook.Testing.Storing;

/// <summary>Gives the inbox of one host its own directory, whatever the app configures, and deletes it with the host.</summary>
/// <remarks>
/// The container creates it before the store and so disposes it after the store. Its data directory also holds the keys that
/// protect secrets and the lock file, so parallel hosts share nothing.
/// </remarks>
internal sealed class TemporaryStore : IPostConfigureOptions<InboxOptions>, IDisposable
{
    private const int MaxDeletions = 3;

    private readonly Lock _lock = new();
    private DirectoryInfo? _directory;

    public void PostConfigure(string? name, InboxOptions options)
    {
        if (name != Options.DefaultName)
        {
            return;
        }

        lock (_lock)
        {
            // Settings are read again at every reload, and the directory must stay the same.
            _directory ??= Directory.CreateTempSubdirectory("scouthook-test-");
            options.DataDirectory = _directory.FullName;
            options.Sqlite.Path = Path.Combine(_directory.FullName, "scouthook.db");
        }
    }

    public void Dispose()
    {
        // Again if something was created while the directory was being emptied.
        for (var attempt = 1; attempt <= MaxDeletions && _directory is { } directory && Directory.Exists(directory.FullName); attempt++)
        {
            try
            {
                directory.Delete(recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another program may have a file open. A test must not fail because of files left behind.
            }
        }
    }
}
