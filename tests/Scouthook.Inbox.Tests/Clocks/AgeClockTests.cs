using CsCheck;
using Scouthook.Inbox.Clocks;

namespace Scouthook.Inbox.Tests.Clocks;

public sealed class AgeClockTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Pairs of an elapsed time and the wall-clock jump that follows it, forward or back.</summary>
    private static readonly Gen<(TimeSpan Elapsed, TimeSpan Jump)[]> Looks = Gen.Select(
        Gen.Frequency((5, Gen.Int[0, 120]), (1, Gen.Int[0, 400_000])).Select(seconds => TimeSpan.FromSeconds(seconds)),
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[-40_000_000, 40_000_000])).Select(seconds => TimeSpan.FromSeconds(seconds)),
        (elapsed, jump) => (elapsed, jump)).Array[1, 60];

    [Fact]
    public void Age_clock_never_goes_back_nor_faster_than_24_times_nor_beyond_the_wall_clock() => Looks.Sample(looks =>
    {
        var world = new World(Some.Instant);
        var furthest = Some.Instant;
        foreach (var (elapsed, jump) in looks)
        {
            var before = world.Age;
            world.Look(elapsed, jump);
            furthest = furthest > world.Wall ? furthest : world.Wall;

            Assert.InRange(world.Age, before, before + elapsed * AgeClock.MaxSpeed);
            Assert.True(world.Age <= furthest, "it is where the wall clock never was");
        }
    });

    [Fact]
    public void Both_clocks_agree_while_the_wall_clock_is_right() => Gen.Int[0, 100_000].Array[1, 50].Sample(seconds =>
    {
        var world = new World(Some.Instant);
        foreach (var elapsed in seconds)
        {
            world.Look(TimeSpan.FromSeconds(elapsed), TimeSpan.Zero);
            Assert.Equal(world.Wall, world.Age);
        }
    });

    // This holds however rarely the clock is read, and wherever the jump falls between two readings.
    [Fact]
    public void Wall_clock_a_year_ahead_for_a_minute_ages_nothing_by_more_than_24_minutes() => Gen.Select(
        Gen.Int[1, 10_000], Gen.Int[1, 60], Gen.Int[0, 10_000]).Sample((before, looks, after) =>
    {
        var world = new World(Some.Instant);
        world.Look(TimeSpan.FromSeconds(before), Year);
        for (var look = 0; look < looks; look++)
        {
            world.Look(Minute / looks, TimeSpan.Zero);
        }

        world.Look(TimeSpan.Zero, -Year);
        world.Look(TimeSpan.FromSeconds(after), TimeSpan.Zero);

        Assert.True(world.Age <= world.Wall + (AgeClock.MaxSpeed * Minute), $"{world.Age - world.Wall} ahead");
    });

    [Fact]
    public void Age_clock_catches_up_within_three_days_after_two_months_of_downtime()
    {
        var world = new World(Some.Instant);
        world.Persist();
        world.Restart(TimeSpan.FromDays(61));
        Assert.Equal(Some.Instant, world.Age);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromDays(3); passed += Minute)
        {
            world.Look(Minute, TimeSpan.Zero);
        }

        Assert.Equal(world.Wall, world.Age);
    }

    // A kill loses unsaved values, and nothing may have used a value that is not in the store.
    [Fact]
    public void Stored_time_never_goes_back_nor_faster_than_24_times_through_restarts_and_kills() => Gen.Select(
        Looks, Gen.Int[0, 3].Array[60]).Sample((looks, events) =>
    {
        var world = new World(Some.Instant);
        world.Persist();
        var stored = world.Persisted;
        var monotonic = TimeSpan.Zero;
        foreach (var (index, (elapsed, jump)) in looks.Index())
        {
            if (events[index] == 0)
            {
                // The process is stopped, killed or neither, and is down for that long; the wall clock may be set meanwhile.
                world.Restart(elapsed + jump);
                Assert.Equal(stored, world.Age);
                continue;
            }

            world.Look(elapsed, jump);
            monotonic += elapsed;
            if (events[index] == 1)
            {
                world.Persist();
                Assert.InRange(world.Persisted, stored, Some.Instant + (monotonic * AgeClock.MaxSpeed));
                stored = world.Persisted;
            }
        }
    });

    [Fact]
    public void Limits_of_the_calendar_do_not_crash_the_process()
    {
        var clock = new AgeClock(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, TimeSpan.Zero);
        Assert.Equal(DateTimeOffset.MaxValue, clock.Observe(DateTimeOffset.MinValue, TimeSpan.MaxValue));
        Assert.Equal(DateTimeOffset.MaxValue, clock.Observe(DateTimeOffset.MaxValue, TimeSpan.MinValue));
    }

    /// <summary>A machine whose wall clock may be wrong, and a process with an age clock.</summary>
    private sealed class World
    {
        private AgeClock _clock;
        private TimeSpan _monotonic;

        public World(DateTimeOffset start)
        {
            Wall = start;
            _clock = new AgeClock(start, start, TimeSpan.Zero);
        }

        public DateTimeOffset Wall { get; private set; }

        public DateTimeOffset Age => _clock.Current;

        public DateTimeOffset Persisted { get; private set; }

        public void Look(TimeSpan elapsed, TimeSpan jump)
        {
            Wall += elapsed + jump;
            _monotonic += elapsed;
            _clock.Observe(Wall, _monotonic);
        }

        public void Persist() => Persisted = _clock.Current;

        public void Restart(TimeSpan wallMoves)
        {
            Wall += wallMoves;
            _monotonic = TimeSpan.Zero;
            _clock = new AgeClock(Persisted, Wall, _monotonic);
        }
    }
}
