using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Comparing;

/// <summary>The changes that make the registrations of an account as declared.</summary>
/// <remarks>
/// Creates what is missing and updates what differs. Nothing is ever deleted: a registration that is not declared may
/// belong to another program, and Help Scout does not say who made it.
/// </remarks>
/// <param name="Changes">One step for each declared registration, also for those that are as expected.</param>
/// <param name="Undeclared">The other registrations of the account, which are left alone.</param>
public sealed record RegistrationPlan(IReadOnlyList<PlannedChange> Changes, IReadOnlyList<WebhookRegistration> Undeclared)
{
    /// <summary>True if nothing has to be done.</summary>
    public bool IsEmpty => Changes.All(change => change.Action is PlannedAction.None);

    /// <summary>Plans the changes.</summary>
    /// <param name="expected">What should exist.</param>
    /// <param name="actual">The registrations of the account.</param>
    /// <returns>The plan.</returns>
    public static RegistrationPlan Create(
        IReadOnlyList<ExpectedRegistration> expected, IReadOnlyList<WebhookRegistration> actual)
    {
        var compared = RegistrationComparison.Compare(expected, actual);
        return new RegistrationPlan(
            [.. compared.Select(comparison => new PlannedChange(comparison.Expected!, comparison.Actual, comparison.Differences))],
            [.. actual.Except(compared.Select(comparison => comparison.Actual).OfType<WebhookRegistration>())]);
    }
}
