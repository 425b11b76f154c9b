namespace Scouthook.Testing;

/// <summary>The disturbances of one event for one webhook, drawn when the event happens.</summary>
/// <remarks>
/// All draws are made in a fixed order from a generator of their own. So neither the speed of the receiver nor another
/// probability changes which events a disturbance hits.
/// </remarks>
internal sealed record ChaosPlan
{
    public bool Duplicate { get; private init; }

    public bool SimultaneousDuplicate { get; private init; }

    public bool LateRetry { get; private init; }

    /// <summary>How long the first attempt is held back.</summary>
    public TimeSpan HoldBack { get; private init; }

    /// <summary>How the first request is disturbed.</summary>
    public ChaosEffects FirstRequest { get; private init; }

    public TimeSpan DuplicateDelay { get; private init; }

    public TimeSpan LateRetryDelay { get; private init; }

    public TimeSpan SlowBodyPause { get; private init; }

    public static ChaosPlan Draw(HelpScoutChaos chaos, int seed, long webhookId, long eventNumber)
    {
        var random = new Random(Mix(seed, webhookId, eventNumber));
        bool Happens(double probability) => random.NextDouble() < probability;

        var plan = new ChaosPlan
        {
            Duplicate = Happens(chaos.Duplicates),
            SimultaneousDuplicate = Happens(chaos.SimultaneousDuplicates),
            LateRetry = Happens(chaos.LateRetries),
            FirstRequest = (Happens(chaos.CorruptedSignatures) ? ChaosEffects.CorruptedSignature : 0)
                | (Happens(chaos.SlowBodies) ? ChaosEffects.SlowBody : 0)
                | (Happens(chaos.AbortedConnections) ? ChaosEffects.AbortedConnection : 0),
            HoldBack = (Happens(chaos.Reordering) ? 1 : 0) * chaos.ReorderDelay,
        };
        return plan with
        {
            HoldBack = plan.HoldBack * random.NextDouble(),
            DuplicateDelay = chaos.DuplicateDelay * random.NextDouble(),
            LateRetryDelay = chaos.LateRetryDelay,
            SlowBodyPause = chaos.SlowBodyPause,
        };
    }

    /// <summary>Combines the numbers into one seed; neighbouring numbers result in unrelated seeds.</summary>
    private static int Mix(int seed, long webhookId, long eventNumber)
    {
        var mixed = unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)webhookId * 0xBF58476D1CE4E5B9 + (ulong)eventNumber);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return unchecked((int)(mixed ^ (mixed >> 31)));
    }
}
