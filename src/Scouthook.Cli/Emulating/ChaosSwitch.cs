using System.Collections.Immutable;
using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>One disturbance of the sending side that can be switched on, with the rate it then has.</summary>
/// <param name="Name">The name in the page's JSON.</param>
/// <param name="Description">What happens to an event.</param>
/// <param name="Rate">The probability when it is on.</param>
/// <param name="IsInChaos">Whether <c>--chaos</c> switches it on.</param>
/// <param name="Get">Reads the probability.</param>
/// <param name="Set">Changes the probability.</param>
internal sealed record ChaosSwitch(
    string Name, string Description, double Rate, bool IsInChaos,
    Func<HelpScoutChaos, double> Get, Action<HelpScoutChaos, double> Set)
{
    private static readonly TimeSpan LateRetryDelay = TimeSpan.FromSeconds(30);

    public static readonly ImmutableArray<ChaosSwitch> All =
    [
        new("duplicates", "Sent again within 5 s", 0.05, true, chaos => chaos.Duplicates, (chaos, rate) => chaos.Duplicates = rate),
        new("simultaneousDuplicates", "Sent twice at once", 0.02, true,
            chaos => chaos.SimultaneousDuplicates, (chaos, rate) => chaos.SimultaneousDuplicates = rate),
        new("lateRetries", "Sent again after 30 s", 0.02, true, chaos => chaos.LateRetries, (chaos, rate) => chaos.LateRetries = rate),
        new("reordering", "Held back up to 2 s", 0.10, true, chaos => chaos.Reordering, (chaos, rate) => chaos.Reordering = rate),
        new("corruptedSignatures", "Wrong signature at first", 0.02, true,
            chaos => chaos.CorruptedSignatures, (chaos, rate) => chaos.CorruptedSignatures = rate),
        new("slowBodies", "2 s pause in the body", 0.02, false, chaos => chaos.SlowBodies, (chaos, rate) => chaos.SlowBodies = rate),
        new("abortedConnections", "Connection lost at first", 0.02, false,
            chaos => chaos.AbortedConnections, (chaos, rate) => chaos.AbortedConnections = rate),
    ];

    /// <summary>Shortens the delay of late retries from a day to one that a person can wait for, and applies <c>--chaos</c>.</summary>
    public static void Prepare(HelpScoutChaos chaos, bool isOn)
    {
        chaos.LateRetryDelay = LateRetryDelay;
        foreach (var disturbance in All.Where(disturbance => isOn && disturbance.IsInChaos))
        {
            disturbance.Set(chaos, disturbance.Rate);
        }
    }
}
