using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Receiving;

public class InboxStartTests
{
    [Fact]
    public async Task Store_that_must_not_be_used_prevents_startup()
    {
        var start = new InboxStart(
            new FakeInbox { Opening = () => throw new InboxRefusedException("newer") }, new LogCapture<InboxStart>());

        await Assert.ThrowsAsync<InboxRefusedException>(() => start.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Temporarily_unavailable_store_is_only_logged()
    {
        var log = new LogCapture<InboxStart>();
        var start = new InboxStart(
            new FakeInbox { Opening = () => throw new InboxUnavailableException("the disk is full") }, log);

        await start.StartAsync(CancellationToken.None);

        Assert.Equal(4008, Assert.Single(log.Entries).Id);
    }
}
