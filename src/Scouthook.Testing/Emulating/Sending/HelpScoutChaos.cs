namespace Scouthook.Testing;

/// <summary>Disturbances that a receiver of Help Scout's webhooks has to cope with, each with its probability.</summary>
/// <remarks>
/// <para>
/// A probability of 0 never disturbs, 1 disturbs every event. Whether an event is disturbed depends only on the seed, the
/// webhook, the event and this setting, so a run can be repeated. Changes apply to events that happen later.
/// </para>
/// <para>
/// Each event is corrupted, aborted or slowed down at its first attempt at most; its retries are sound. So a receiver that
/// works keeps its webhook enabled, whatever the probabilities.
/// </para>
/// </remarks>
public sealed class HelpScoutChaos
{
    /// <summary>Sends an acknowledged event a second time, up to <see cref="DuplicateDelay"/> later.</summary>
    /// <value>The default is 0. Observed by integrators.</value>
    public double Duplicates { get; set => field = Probability(value); }

    /// <summary>Sends an event twice at the same time, on two connections.</summary>
    /// <value>The default is 0. Observed by integrators.</value>
    public double SimultaneousDuplicates { get; set => field = Probability(value); }

    /// <summary>Ignores the first acknowledgement of an event and sends it again <see cref="LateRetryDelay"/> later.</summary>
    /// <value>The default is 0. Observed by integrators.</value>
    public double LateRetries { get; set => field = Probability(value); }

    /// <summary>Holds an event back for up to <see cref="ReorderDelay"/>, so that later ones overtake it.</summary>
    /// <value>The default is 0. Order is not promised.</value>
    public double Reordering { get; set => field = Probability(value); }

    /// <summary>Signs the first attempt with another secret.</summary>
    /// <value>The default is 0. Help Scout does not do this: it imitates an attacker who does not know the secret.</value>
    public double CorruptedSignatures { get; set => field = Probability(value); }

    /// <summary>Pauses for <see cref="SlowBodyPause"/> in the middle of the body.</summary>
    /// <value>The default is 0.</value>
    public double SlowBodies { get; set => field = Probability(value); }

    /// <summary>Closes the connection in the middle of the body.</summary>
    /// <value>The default is 0.</value>
    public double AbortedConnections { get; set => field = Probability(value); }

    /// <summary>The longest time until a duplicate.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan DuplicateDelay { get; set => field = Delay(value); } = TimeSpan.FromSeconds(5);

    /// <summary>The time until a late retry.</summary>
    /// <value>The default is a day, as observed by an integrator.</value>
    public TimeSpan LateRetryDelay { get; set => field = Delay(value); } = TimeSpan.FromDays(1);

    /// <summary>The longest time that an event is held back.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan ReorderDelay { get; set => field = Delay(value); } = TimeSpan.FromSeconds(2);

    /// <summary>The pause in a slow body.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan SlowBodyPause { get; set => field = Delay(value); } = TimeSpan.FromSeconds(2);

    /// <summary>Sets all seven probabilities.</summary>
    /// <param name="probability">From 0 to 1.</param>
    public void SetAll(double probability)
    {
        Duplicates = SimultaneousDuplicates = LateRetries = Reordering = probability;
        CorruptedSignatures = SlowBodies = AbortedConnections = probability;
    }

    private static double Probability(double value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability is a number from 0 to 1.");

    private static TimeSpan Delay(TimeSpan value) => value >= TimeSpan.Zero && value <= EmulatorOptionsRules.Longest
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A delay is from zero to ten years.");
}
