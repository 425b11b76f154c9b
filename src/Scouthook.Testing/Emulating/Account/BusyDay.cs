namespace Scouthook.Testing;

/// <summary>Plays a plausible day on a <see cref="HelpScoutAccount"/>: several conversations at a time, in small steps.</summary>
public sealed class BusyDay
{
    /// <summary>Creates a day.</summary>
    /// <param name="account">The account to change.</param>
    /// <param name="seed">The starting point of what happens.</param>
    public BusyDay(HelpScoutAccount account, int seed = 1)
    {
        Account = account;
        _ = seed;
    }

    /// <summary>The account that the day happens in.</summary>
    public HelpScoutAccount Account { get; }

    /// <summary>Plays one step, which emits at least one event.</summary>
    public void PlayNext() => throw new NotImplementedException();

    /// <summary>Makes each of the 26 events happen at least once.</summary>
    public void PlayOneOfEach() => throw new NotImplementedException();

    /// <summary>Plays steps at a rate until cancelled; completes without an exception then.</summary>
    /// <param name="eventsPerSecond">The mean number of events per second, above 0.</param>
    /// <param name="cancellationToken">Ends the day.</param>
    /// <returns>A task that completes when cancelled.</returns>
    public Task RunAsync(double eventsPerSecond, CancellationToken cancellationToken) => throw new NotImplementedException();
}
