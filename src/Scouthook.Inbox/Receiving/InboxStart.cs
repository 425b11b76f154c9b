using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Files;

namespace Scouthook.Inbox.Receiving;

/// <summary>
/// Opens the store before anything is received, so that a store that must not be used stops the app at startup.
/// </summary>
internal sealed class InboxStart(IStore store, LiveInboxSettings settings, ILogger<InboxStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        new OwnFiles(settings.Current.FileMode).TightenKeys(settings.DataDirectory, logger);
        if (store.Directory is { } directory
            && directory != settings.DataDirectory
            && DataDirectoryFiles.HasKeyRing(directory)
            && !DataDirectoryFiles.HasKeyRing(settings.DataDirectory))
        {
            InboxLog.KeyRingElsewhere(logger, directory, settings.DataDirectory);
        }

        try
        {
            await store.OpenAsync(cancellationToken);
        }
        catch (InboxUnavailableException exception)
        {
            // A full disk must not keep the process from starting: it answers 503 and resumes when there is space.
            InboxLog.NotOpen(logger, exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
