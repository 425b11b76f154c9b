using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Receiving;

public sealed class InboxStartTests : IDisposable
{
    private readonly SettingsMonitor _settings = SomeSettings.Of();
    private readonly LogCapture<InboxStart> _log = new();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task Store_that_must_not_be_used_prevents_startup()
    {
        var start = Start(() => throw new InboxRefusedException("newer"));

        await Assert.ThrowsAsync<InboxRefusedException>(() => start.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Temporarily_unavailable_store_is_only_logged()
    {
        var start = Start(() => throw new InboxUnavailableException("the disk is full"));

        await start.StartAsync(CancellationToken.None);

        Assert.Equal(4008, Assert.Single(_log.Entries).Id);
    }

    private InboxStart Start(Func<Task> open) => new(new ScriptedStore(open), new LiveInboxSettings(_settings), _log);

    private sealed class ScriptedStore(Func<Task> open) : IStore
    {
        public string Location => "nowhere";

        public string? Directory => null;

        public Task OpenAsync(CancellationToken cancellationToken) => open();

        public Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
