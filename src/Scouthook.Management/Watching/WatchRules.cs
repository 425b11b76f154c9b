using System.Collections.Immutable;
using Scouthook.Registrations.Comparing;

namespace Scouthook.Management.Watching;

/// <summary>Decides what to report about the registrations of a source.</summary>
/// <remarks>
/// Each problem is reported when it appears and when it is over, and again after a restart: rather twice than never. What a
/// registration sends in addition, and its label, lose no event and are no problem.
/// </remarks>
internal static class WatchRules
{
    /// <summary>Compares what was found with what was reported before.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="before">What was reported before.</param>
    /// <param name="found">What was found now.</param>
    /// <returns>The reports, and what has been reported once they are out.</returns>
    public static (IReadOnlyList<RegistrationReport> Reports, RegistrationMemory After) Compare(
        string source, RegistrationMemory before, IReadOnlyList<RegistrationComparison> found)
    {
        var reports = new List<RegistrationReport>();
        var disabled = DisabledIn(found);
        foreach (var id in disabled.Except(before.Disabled))
        {
            reports.Add(new RegistrationReport(
                IsAboutState: true,
                IsGood: false,
                $"Help Scout has disabled webhook {id} of source {source} and sends it no events.",
                id,
                Problems(found)));
        }

        foreach (var id in before.Disabled.Except(disabled).Where(id => found.Any(one => one.Actual?.Id == id)))
        {
            reports.Add(new RegistrationReport(
                IsAboutState: true, IsGood: true, $"Webhook {id} of source {source} is enabled again.", id, Problems(found)));
        }

        var problems = OtherProblems(found);
        if (!problems.SequenceEqual(before.Problems))
        {
            reports.Add(problems.Count > 0
                ? new RegistrationReport(
                    IsAboutState: false,
                    IsGood: false,
                    $"The registration of source {source} in Help Scout is not as expected: {string.Join(' ', problems)}",
                    null,
                    problems)
                : new RegistrationReport(
                    IsAboutState: false,
                    IsGood: true,
                    $"The registration of source {source} in Help Scout is as expected again.",
                    null,
                    problems));
        }

        return (reports, new RegistrationMemory(disabled, problems));
    }

    /// <summary>Returns the state as a whole; a disabled registration matters most.</summary>
    public static RegistrationCondition ConditionOf(IReadOnlyList<RegistrationComparison> found) =>
        !DisabledIn(found).IsEmpty ? RegistrationCondition.Disabled
        : OtherProblems(found).Count > 0 ? RegistrationCondition.Changed
        : RegistrationCondition.Ok;

    /// <summary>Returns all problems in sentences.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyList<RegistrationComparison> found) => Describe(found, _ => true);

    private static ImmutableSortedSet<long> DisabledIn(IReadOnlyList<RegistrationComparison> found) =>
        [.. found.Select(one => one.Actual).OfType<Registrations.Model.WebhookRegistration>().Where(actual => !actual.IsEnabled).Select(actual => actual.Id)];

    private static List<string> OtherProblems(IReadOnlyList<RegistrationComparison> found) =>
        Describe(found, kind => kind is not RegistrationDifferenceKind.Disabled);

    private static List<string> Describe(
        IReadOnlyList<RegistrationComparison> found, Func<RegistrationDifferenceKind, bool> isWanted) =>
    [
        .. from one in found
           from difference in one.Differences
           where IsProblem(difference.Kind) && isWanted(difference.Kind)
           select one.Actual is { } actual ? $"Webhook {actual.Id}: {difference.Description}" : difference.Description,
    ];

    private static bool IsProblem(RegistrationDifferenceKind kind) => kind is not (
        RegistrationDifferenceKind.ExtraEvents or RegistrationDifferenceKind.ExtraMailboxes or RegistrationDifferenceKind.Label);
}
