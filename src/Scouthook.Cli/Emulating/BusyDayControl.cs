using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>Runs a busy day at a rate that can change at any time.</summary>
internal sealed class BusyDayControl(HelpScoutAccount account, int seed) : IAsyncDisposable
{
    public const double MaxRate = 1000;

    private readonly BusyDay _day = new(account, seed);
    private readonly Lock _lock = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The mean number of events per second; 0 for none.</summary>
    public double Rate
    {
        get;
        set
        {
            if (!IsRate(value))
            {
                throw new ArgumentException("The rate is a number of events per second from 0 to 1000.");
            }

            lock (_lock)
            {
                field = value;
                _stop.Cancel();
                _stop = new CancellationTokenSource();
                _running = RunAsync(_running, value, _stop.Token);
            }
        }
    }

    public static bool IsRate(double rate) => rate is >= 0 and <= MaxRate;

    /// <summary>Makes an event of a type happen, together with whatever it requires before.</summary>
    public void Play(string eventName) => _day.Play(eventName);

    public void PlayOneOfEach() => _day.PlayOneOfEach();

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _stop.Cancel();
            running = _running;
        }

        await running;
        _stop.Dispose();
    }

    private async Task RunAsync(Task previous, double rate, CancellationToken cancellationToken)
    {
        // Not on the thread of the caller: a day that cannot keep up with its rate never waits.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (rate > 0)
        {
            await _day.RunAsync(rate, cancellationToken);
        }
    }
}
