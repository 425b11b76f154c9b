using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>A Help Scout on this machine: the emulator, its busy day and the page that shows and changes it.</summary>
/// <remarks>The page is part of the tool and not of the test kit: tests act through the account, and need no HTML.</remarks>
internal sealed class LocalHelpScout : IAsyncDisposable
{
    private readonly BusyDayControl _day;

    private LocalHelpScout(HelpScoutEmulator emulator, BusyDayControl day)
    {
        Emulator = emulator;
        _day = day;
    }

    public HelpScoutEmulator Emulator { get; }

    /// <summary>The mean number of events per second that happen by themselves; 0 for none.</summary>
    public double Rate
    {
        get => _day.Rate;
        set => _day.Rate = value;
    }

    /// <param name="configure">Changes the options of the emulator.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">An address can't be used.</exception>
    public static async Task<LocalHelpScout> StartAsync(
        Action<HelpScoutEmulatorOptions> configure, CancellationToken cancellationToken)
    {
        BusyDayControl? day = null;
        var emulator = await HelpScoutEmulator.StartAsync(
            options =>
            {
                configure(options);
                options.MapPage = (emulator, routes) =>
                {
                    day = new BusyDayControl(emulator.Account, options.Seed);
                    var record = new EventRecord(emulator.Account);
                    new PageRoutes(
                        new PageState(emulator, day, record), new AccountActions(emulator.Account, options.Seed), new PageGuard(options.Urls),
                        emulator, day).Map(routes);
                };
            },
            cancellationToken);
        return new LocalHelpScout(emulator, day!);
    }

    /// <summary>Makes each of the 26 event types happen at least once.</summary>
    public void PlayOneOfEach() => _day.PlayOneOfEach();

    public async ValueTask DisposeAsync()
    {
        await _day.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
