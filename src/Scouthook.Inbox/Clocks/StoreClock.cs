namespace Scouthook.Inbox.Clocks;

/// <summary>
/// Reads the wall clock together with monotonic time, for everything that must not trust the wall clock alone.
/// </summary>
/// <remarks>
/// <para>Waits: an instant to wait for is kept as if the wall clock had not moved since the process started, that is, less
/// <see cref="Offset"/>. So a clock that is set ahead or back neither shortens nor lengthens a wait.</para>
/// <para>Ages: <see cref="Age"/>, see <see cref="AgeClock"/>.</para>
/// </remarks>
internal sealed class StoreClock
{
    private const int MaxJumps = 16;

    /// <summary>
    /// A step of the wall clock below this does not change <see cref="Offset"/>, so that it stays constant.
    /// </summary>
    private static readonly TimeSpan SmallestStep = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan JumpFrom = TimeSpan.FromHours(1);

    /// <summary>How far the clock may be behind the newest stored instant before it is reported as wrong.</summary>
    private static readonly TimeSpan BehindFrom = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly long _started;
    private readonly DateTimeOffset _startedAt;
    private readonly Queue<ClockJump> _jumps = new();
    private AgeClock? _age;
    private TimeSpan _offset;
    private TimeSpan _observedOffset;

    public StoreClock(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _started = timeProvider.GetTimestamp();
        _startedAt = timeProvider.GetUtcNow();
    }

    /// <summary>
    /// The wall clock of the store, for instants that leave the node: where nodes share a database, it is the database's. Timers
    /// and timestamps are those of the node.
    /// </summary>
    public TimeProvider WallClock => _timeProvider;

    /// <summary>How far the wall clock has moved against monotonic time since the process started.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _offset;
            }
        }
    }

    /// <summary>The age clock; <see langword="null"/> until its last stored value has been read.</summary>
    public DateTimeOffset? Age
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _age?.Current;
            }
        }
    }

    /// <summary>The time on all clocks at one moment. Until the age clock has started, it is the wall clock.</summary>
    public StoreTime Time
    {
        get
        {
            lock (_gate)
            {
                var (wall, _) = Look();
                return new StoreTime(wall, wall - _offset, _age?.Current ?? wall);
            }
        }
    }

    /// <summary>Starts the age clock from the stored instants.</summary>
    /// <remarks>
    /// A store that never had an age clock starts at its newest event: the time since then counts like any time without
    /// a process. A newest event from the future must not age the others.
    /// </remarks>
    public void Start(StoredClock stored)
    {
        lock (_gate)
        {
            if (_age is not null)
            {
                return;
            }

            var (wall, monotonic) = Look();
            var start = stored.Age ?? (stored.NewestStoredAt < wall ? stored.NewestStoredAt.Value : wall);
            _age = new AgeClock(start, wall, monotonic);
            var newest = start > stored.NewestStoredAt ? start : stored.NewestStoredAt ?? start;
            if (newest - wall > BehindFrom)
            {
                _jumps.Enqueue(new ClockJump(newest, wall, AtStart: true));
            }
        }
    }

    /// <summary>Returns a jump that has not been taken yet.</summary>
    public ClockJump? TakeJump()
    {
        lock (_gate)
        {
            Look();
            return _jumps.TryDequeue(out var jump) ? jump : null;
        }
    }

    /// <summary>Restores a jump that could not be reported.</summary>
    public void PutBack(ClockJump jump)
    {
        lock (_gate)
        {
            if (_jumps.Count < MaxJumps)
            {
                _jumps.Enqueue(jump);
            }
        }
    }

    private (DateTimeOffset Wall, TimeSpan Monotonic) Look()
    {
        var (wall, monotonic) = Read();
        var expected = _startedAt + monotonic;
        var offset = wall - expected;
        if ((offset - _offset).Duration() >= SmallestStep)
        {
            _offset = offset;
        }

        if ((offset - _observedOffset).Duration() > JumpFrom && _jumps.Count < MaxJumps)
        {
            _jumps.Enqueue(new ClockJump(expected + _observedOffset, wall, AtStart: false));
        }

        _observedOffset = offset;
        _age?.Observe(wall, monotonic);
        return (wall, monotonic);
    }

    /// <summary>Reads both clocks at the same moment: a thread may be preempted between two reads.</summary>
    private (DateTimeOffset Wall, TimeSpan Monotonic) Read()
    {
        const int tries = 4;
        var limit = TimeSpan.FromMilliseconds(50);
        for (var attempt = 1; ; attempt++)
        {
            var before = _timeProvider.GetTimestamp();
            var wall = _timeProvider.GetUtcNow();
            if (attempt == tries || _timeProvider.GetElapsedTime(before) < limit)
            {
                return (wall, _timeProvider.GetElapsedTime(_started, before));
            }
        }
    }
}
