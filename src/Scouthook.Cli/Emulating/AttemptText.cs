using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>Describes an attempt in words.</summary>
internal static class AttemptText
{
    /// <summary>Returns the response, the time it took, and what happens next.</summary>
    /// <returns>For example <c>503 in 3 ms, attempt 2 in 1 s</c>.</returns>
    public static string Describe(EmulatedAttempt attempt)
    {
        var response = string.Create(
            CultureInfo.InvariantCulture,
            $"{Response(attempt)} in {(long)attempt.Duration.TotalMilliseconds} ms{Next(attempt)}");
        var effects = string.Join(", ", Effects(attempt));
        return effects.Length == 0 ? response : $"{response} ({effects})";
    }

    /// <summary>Names the disturbances of the attempt.</summary>
    public static IEnumerable<string> Effects(EmulatedAttempt attempt) => Enum.GetValues<ChaosEffects>()
        .Where(effect => effect is not ChaosEffects.None && attempt.Effects.HasFlag(effect))
        .Select(effect => effect switch
        {
            ChaosEffects.Duplicate => "duplicate",
            ChaosEffects.SimultaneousDuplicate => "simultaneous duplicate",
            ChaosEffects.LateRetry => "late retry",
            ChaosEffects.Reordered => "held back",
            ChaosEffects.CorruptedSignature => "wrong signature",
            ChaosEffects.SlowBody => "slow body",
            _ => "connection lost",
        });

    private static string Response(EmulatedAttempt attempt) => attempt.StatusCode is { } status
        ? ((int)status).ToString(CultureInfo.InvariantCulture)
        : NetworkFailure.Describe(attempt.Failure ?? SendFailure.ConnectionBroken);

    private static string Next(EmulatedAttempt attempt) => attempt switch
    {
        { Outcome: EmulatedAttemptOutcome.Discarded } => string.Create(
            CultureInfo.InvariantCulture, $": discarded after {attempt.Number} attempts"),
        { Outcome: EmulatedAttemptOutcome.Dropped } => ": dropped",
        { Outcome: EmulatedAttemptOutcome.Ignored } => ", not sent again",
        { NextAttemptAt: { } at } => string.Create(
            CultureInfo.InvariantCulture,
            $", {(attempt.Outcome is EmulatedAttemptOutcome.Retrying ? $"attempt {attempt.Number + 1}" : "again")} in {Wait(at - attempt.StartedAt - attempt.Duration)}"),
        _ => "",
    };

    private static string Wait(TimeSpan wait) => wait.TotalMilliseconds switch
    {
        < 1 => "0 s",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.#} s"),
    };
}
