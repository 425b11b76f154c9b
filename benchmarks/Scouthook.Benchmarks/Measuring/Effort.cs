namespace Scouthook.Benchmarks.Measuring;

/// <summary>How long and how large the measurements of a run are.</summary>
internal sealed record Effort
{
    /// <summary>Shows that every row can be measured. Its figures mean nothing.</summary>
    public static Effort Smoke { get; } = new()
    {
        Name = "smoke", Rounds = 1, Time = TimeSpan.FromMilliseconds(50), LongTime = TimeSpan.FromMilliseconds(300), Settle = TimeSpan.Zero,
        Housekeeping = TimeSpan.Zero,
        Warmup = TimeSpan.Zero, WarmupRounds = 0, StoredEvents = 2_000, Endpoints = 8, Backlog = 100,
    };

    public static Effort Quick { get; } = new()
    {
        Name = "quick", Rounds = 3, Time = TimeSpan.FromSeconds(2), LongTime = TimeSpan.FromSeconds(10), Settle = TimeSpan.FromSeconds(1),
        Housekeeping = TimeSpan.FromSeconds(13),
        Warmup = TimeSpan.FromSeconds(6), WarmupRounds = 4, StoredEvents = 200_000, Endpoints = 1_000, Backlog = 5_000,
    };

    public static Effort Full { get; } = new()
    {
        Name = "full", Rounds = 7, Time = TimeSpan.FromSeconds(5), LongTime = TimeSpan.FromSeconds(60), Settle = TimeSpan.FromSeconds(2),
        Housekeeping = TimeSpan.FromSeconds(13),
        Warmup = TimeSpan.FromSeconds(10), WarmupRounds = 4, StoredEvents = 5_000_000, Endpoints = 1_000, Backlog = 20_000,
    };

    public required string Name { get; init; }

    public required int Rounds { get; init; }

    /// <summary>The time of one round.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>The time of the rounds that show what is deferred.</summary>
    public required TimeSpan LongTime { get; init; }

    /// <summary>Waited after a round, until the other side is measured.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Long enough for the gateway's housekeeping to count what happened before; it does so every 12 seconds.</summary>
    public required TimeSpan Housekeeping { get; init; }

    public required TimeSpan Warmup { get; init; }

    /// <summary>
    /// Rounds that do not count, where the work is done in rounds: until then, compiling for speed takes as much of the
    /// processors as the work.
    /// </summary>
    public required int WarmupRounds { get; init; }

    public required int StoredEvents { get; init; }

    public required int Endpoints { get; init; }

    /// <summary>The number of deliveries that a round drains.</summary>
    public required int Backlog { get; init; }

    public bool IsSmoke => Name == Smoke.Name;

    /// <summary>The points of a curve to measure: where figures mean nothing, the first and the last.</summary>
    public IReadOnlyList<T> Points<T>(params IReadOnlyList<T> all) => IsSmoke ? [all[0], all[^1]] : all;
}
