using Scouthook.Events;

namespace Scouthook.Testing;

/// <summary>
/// Fills a <see cref="HelpScoutAccount"/> with life: customers write, users answer, and several stories go forward at a
/// time.
/// </summary>
/// <remarks>
/// The same seed in an account of the same seed and clock raises the same events, as long as nothing else acts in the
/// account. Safe to use from many threads, and beside other actions.
/// </remarks>
public sealed class BusyDay
{
    private const int MaxOpenStories = 12;

    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(1);

    private readonly Random _random;
    private readonly EventScenes _scenes;
    private readonly Stories _stories;
    private readonly List<IEnumerator<long>> _open = [];
    private long _raised;

    /// <summary>Creates a day.</summary>
    /// <param name="account">The account that it happens in.</param>
    /// <param name="seed">The starting point of what happens.</param>
    public BusyDay(HelpScoutAccount account, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(account);

        Account = account;
        _random = new Random(seed);
        var cast = new Cast(account, _random, continues: true);
        _scenes = new EventScenes(account, cast, before: _ => { });
        _stories = new Stories(account, cast, _random);
        account.Emitted += _ => Interlocked.Increment(ref _raised);
    }

    /// <summary>The account that the day happens in.</summary>
    public HelpScoutAccount Account { get; }

    /// <summary>Plays the next step of one of the stories, or the first of a new one. It raises at least one event.</summary>
    public void PlayNext() => Account.WhileLocked(() =>
    {
        while (!TryPlayNext())
        {
        }

        return true;
    });

    /// <summary>Makes an event of a type happen, together with whatever it requires before.</summary>
    /// <param name="eventName">One of the 26 names, for example <c>convo.merged</c>.</param>
    /// <exception cref="ArgumentException">The name is not in the catalogue.</exception>
    public void Play(string eventName)
    {
        ArgumentNullException.ThrowIfNull(eventName);

        Account.WhileLocked(() =>
        {
            _scenes.Play(eventName);
            return true;
        });
    }

    /// <summary>Makes each of the 26 event types happen at least once, in the order of the catalogue.</summary>
    public void PlayOneOfEach()
    {
        foreach (var type in HelpScoutEventCatalog.All)
        {
            Play(type.Name);
        }
    }

    /// <summary>Plays step after step until cancelled, at a rate by the clock of the account.</summary>
    /// <param name="eventsPerSecond">The mean number of events per second, above 0.</param>
    /// <param name="cancellationToken">Ends the day. No exception is thrown then.</param>
    /// <returns>A task that completes when the day is over.</returns>
    public async Task RunAsync(double eventsPerSecond, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eventsPerSecond);

        var clock = Account.TimeProvider;
        var perEvent = TimeSpan.FromSeconds(1 / eventsPerSecond);
        var start = clock.GetTimestamp();
        var due = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = Interlocked.Read(ref _raised);
            PlayNext();
            due += perEvent * (Interlocked.Read(ref _raised) - before);

            // What could not be played in time, for example while the machine slept, is not made up for.
            var elapsed = clock.GetElapsedTime(start);
            due = due < elapsed - LongestBacklog ? elapsed - LongestBacklog : due;
            if (due > elapsed)
            {
                await Task.Delay(due - elapsed, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool TryPlayNext()
    {
        var starts = _open.Count == 0 || (_open.Count < MaxOpenStories && _random.Next(MaxOpenStories) >= _open.Count);
        if (starts)
        {
            _open.Add(_stories.Start());
        }

        var position = starts ? _open.Count - 1 : _random.Next(_open.Count);
        if (_open[position].MoveNext())
        {
            return true;
        }

        _open.RemoveAt(position);
        return false;
    }
}
