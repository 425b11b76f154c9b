using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Comparing;

/// <summary>Compares one expected registration with the one found for it in Help Scout.</summary>
/// <param name="Expected">What should exist; <see langword="null"/> if nothing is declared.</param>
/// <param name="Actual">The registration that was found; <see langword="null"/> if there is none.</param>
/// <param name="Differences">All differences; empty if everything is as expected.</param>
public sealed record RegistrationComparison(
    ExpectedRegistration? Expected, WebhookRegistration? Actual, IReadOnlyList<RegistrationDifference> Differences)
{
    /// <summary>Compares declared registrations with those of an account.</summary>
    /// <param name="expected">What should exist.</param>
    /// <param name="actual">The registrations of the account.</param>
    /// <returns>One comparison for each expected registration, in their order.</returns>
    /// <remarks>
    /// A registration is recognised by its URL and label, else by its URL, else by its label alone, so that one whose
    /// URL has changed is updated instead of created again. None is recognised twice.
    /// </remarks>
    public static IReadOnlyList<RegistrationComparison> Compare(
        IReadOnlyList<ExpectedRegistration> expected, IReadOnlyList<WebhookRegistration> actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);

        var found = RegistrationMatcher.Match(expected, actual);
        return [.. expected.Select(one => Compare(one, found.GetValueOrDefault(one)))];
    }

    /// <summary>Checks the registrations that call a path, when nothing is declared.</summary>
    /// <param name="path">The path of a source, for example <c>/webhook</c>.</param>
    /// <param name="actual">The registrations of the account.</param>
    /// <returns>
    /// One comparison for each registration whose URL ends with the path: its state, its payload version and its
    /// notification mode. If there is none, a single comparison that says so.
    /// </returns>
    public static IReadOnlyList<RegistrationComparison> CompareUndeclared(string path, IReadOnlyList<WebhookRegistration> actual)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(actual);

        var ours = actual.Where(registration => RegistrationMatcher.Calls(registration, path)).ToList();
        return ours.Count > 0
            ? [.. ours.Select(registration => new RegistrationComparison(null, registration, [.. Find(null, registration)]))]
            : [new RegistrationComparison(null, null, [new(
                RegistrationDifferenceKind.NotFound, $"No registration calls a URL that ends with {path}.")])];
    }

    private static RegistrationComparison Compare(ExpectedRegistration expected, WebhookRegistration? actual) => actual is null
        ? new(expected, null, [new(RegistrationDifferenceKind.NotFound, $"No registration calls {expected.Url}.")])
        : new(expected, actual, [.. Find(expected, actual)]);

    private static IEnumerable<RegistrationDifference> Find(ExpectedRegistration? expected, WebhookRegistration actual)
    {
        if (!actual.IsEnabled)
        {
            yield return new(RegistrationDifferenceKind.Disabled, "It is disabled: Help Scout sends nothing.");
        }

        if (expected is not null && !RegistrationMatcher.IsSameUrl(expected.Url, actual.Url))
        {
            yield return new(RegistrationDifferenceKind.Url, $"It calls {actual.Url}; expected {expected.Url}.");
        }

        foreach (var difference in EventDifferences(expected, actual.Events)
            .Concat(MailboxDifferences(expected?.MailboxIds, actual.MailboxIds)))
        {
            yield return difference;
        }

        if (actual.PayloadVersion != (expected?.PayloadVersion ?? actual.PayloadVersion))
        {
            yield return new(
                RegistrationDifferenceKind.PayloadVersion,
                $"It sends payload version {actual.PayloadVersion}; expected {expected!.PayloadVersion}.");
        }
        else if (expected?.PayloadVersion is null && actual.PayloadVersion == PayloadVersions.V1)
        {
            yield return new(
                RegistrationDifferenceKind.PayloadVersion,
                $"It sends payload version {PayloadVersions.V1}, which is not typed; expected {PayloadVersions.V2}.");
        }

        if (actual.Notification != (expected?.Notification ?? false))
        {
            yield return new(RegistrationDifferenceKind.NotificationMode, actual.Notification
                ? "Notification mode is on: it sends only the URI of the resource; expected whole resources."
                : "Notification mode is off: it sends whole resources; expected only their URI.");
        }

        if (expected?.Label is { } label && label != actual.Label)
        {
            yield return new(RegistrationDifferenceKind.Label, $"Its label is {actual.Label ?? "empty"}; expected {label}.");
        }
    }

    private static IEnumerable<RegistrationDifference> EventDifferences(ExpectedRegistration? expected, IReadOnlyList<string> actual)
    {
        if (expected?.Events is not { } events)
        {
            yield break;
        }

        if (events.Except(actual).ToList() is { Count: > 0 } missing)
        {
            yield return new(RegistrationDifferenceKind.MissingEvents, $"It does not send {string.Join(", ", missing)}.");
        }

        if (!expected.AllowsOtherEvents && actual.Except(events).ToList() is { Count: > 0 } extra)
        {
            yield return new(RegistrationDifferenceKind.ExtraEvents, $"It also sends {string.Join(", ", extra)}.");
        }
    }

    private static IEnumerable<RegistrationDifference> MailboxDifferences(IReadOnlyList<long>? expected, IReadOnlyList<long> actual)
    {
        if (expected is null || expected.ToHashSet().SetEquals(actual))
        {
            yield break;
        }

        if (expected.Count == 0)
        {
            yield return new(
                RegistrationDifferenceKind.MissingMailboxes,
                $"It is limited to {Inboxes(actual)}; expected all inboxes.");
        }
        else if (actual.Count == 0)
        {
            yield return new(
                RegistrationDifferenceKind.ExtraMailboxes, $"It sends events of all inboxes; expected only {Inboxes(expected)}.");
        }
        else
        {
            if (expected.Except(actual).ToList() is { Count: > 0 } missing)
            {
                yield return new(RegistrationDifferenceKind.MissingMailboxes, $"It does not send events of {Inboxes(missing)}.");
            }

            if (actual.Except(expected).ToList() is { Count: > 0 } extra)
            {
                yield return new(RegistrationDifferenceKind.ExtraMailboxes, $"It also sends events of {Inboxes(extra)}.");
            }
        }
    }

    private static string Inboxes(IReadOnlyList<long> ids) => $"{(ids.Count == 1 ? "inbox" : "inboxes")} {string.Join(", ", ids)}";
}
