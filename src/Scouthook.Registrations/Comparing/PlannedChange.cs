using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Comparing;

/// <summary>One step of a <see cref="RegistrationPlan"/>.</summary>
/// <param name="Expected">What should exist.</param>
/// <param name="Actual">The registration to update; <see langword="null"/> to create one.</param>
/// <param name="Differences">The reasons.</param>
public sealed record PlannedChange(
    ExpectedRegistration Expected, WebhookRegistration? Actual, IReadOnlyList<RegistrationDifference> Differences)
{
    /// <summary>The action to take.</summary>
    public PlannedAction Action =>
        Actual is null ? PlannedAction.Create : Differences.Count > 0 ? PlannedAction.Update : PlannedAction.None;
}
