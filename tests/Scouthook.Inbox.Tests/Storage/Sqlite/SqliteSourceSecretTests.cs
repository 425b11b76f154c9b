namespace Scouthook.Inbox.Tests.Storage.Sqlite;

public sealed class SqliteSourceSecretTests : SourceSecretContract
{
    private protected override async Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider) =>
        await SqliteHarness.CreateAsync(repeatWindow, timeProvider);
}
