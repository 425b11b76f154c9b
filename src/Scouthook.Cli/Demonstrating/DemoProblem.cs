using System.Collections.Immutable;
using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Testing;

namespace Scouthook.Cli.Demonstrating;

/// <summary>Says in words why the counts of an event are off.</summary>
internal static class DemoProblem
{
    /// <returns>The problem; <see langword="null"/> if there is none.</returns>
    public static string? Find(
        string eventName, ImmutableArray<int> counts, List<DemoStoredEvent> verified, EmulatedAttempt? lastAttempt)
    {
        if (lastAttempt is null)
        {
            return "not sent";
        }

        if (lastAttempt.Outcome is not EmulatedAttemptOutcome.Acknowledged)
        {
            return $"response: {AnswerOf(lastAttempt)}";
        }

        if (counts.Any(count => count > 1))
        {
            return counts[^1] > 1 ? "delivered more than once" : "stored more than once";
        }

        if (verified.Find(storedEvent => storedEvent.EventName != eventName) is { } other)
        {
            return $"stored as {other.EventName}";
        }

        return counts[..^1].Contains(0) ? "not stored, or with other bytes"
            : counts[^1] == 0 ? "not delivered, or with other bytes"
            : null;
    }

    private static string AnswerOf(EmulatedAttempt attempt) => attempt.StatusCode is { } status
        ? ((int)status).ToString(CultureInfo.InvariantCulture)
        : NetworkFailure.Describe(attempt.Failure ?? SendFailure.ConnectionBroken);
}
