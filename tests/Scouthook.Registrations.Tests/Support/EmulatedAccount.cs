using Scouthook.Testing;

namespace Scouthook.Registrations.Tests.Support;

/// <summary>A client and the emulator it calls over real sockets, on one clock.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    private readonly CountingHandler _handler = new();

    private EmulatedAccount(HelpScoutEmulator helpScout, SkippingClock clock)
    {
        HelpScout = helpScout;
        Clock = clock;
        Client = new HelpScoutClient(() => new HttpClient(_handler, disposeHandler: false), Some.CredentialsOf(helpScout), clock);
    }

    public HelpScoutEmulator HelpScout { get; }

    public SkippingClock Clock { get; }

    public HelpScoutClient Client { get; }

    public int TokenRequests => _handler.TokenRequests;

    public static async Task<EmulatedAccount> StartAsync(Action<HelpScoutEmulatorOptions>? configure = null)
    {
        var clock = new SkippingClock();
        return new EmulatedAccount(
            await HelpScoutEmulator.StartAsync(
                options =>
                {
                    options.TimeProvider = clock;
                    configure?.Invoke(options);
                },
                TestContext.Current.CancellationToken),
            clock);
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await HelpScout.DisposeAsync();
    }
}
