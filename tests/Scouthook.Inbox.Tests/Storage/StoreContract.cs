using Microsoft.Extensions.Time.Testing;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The base of every contract suite for stores: a fresh store for each test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected static readonly TimeSpan Window = TimeSpan.FromHours(48);

    /// <summary>A clock that stands still, so that no page runs out of time.</summary>
    internal FakeTimeProvider Clock { get; } = new(Some.Instant);

    private protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync(Window, Clock);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<StoreHarness> CreateAsync(TimeSpan repeatWindow, TimeProvider timeProvider);
}
