using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Comparing;

/// <summary>Decides which registration in Help Scout is which expected one.</summary>
internal static class RegistrationMatcher
{
    /// <returns>The registration of each expected one that has one.</returns>
    public static IReadOnlyDictionary<ExpectedRegistration, WebhookRegistration> Match(
        IReadOnlyList<ExpectedRegistration> expected, IReadOnlyList<WebhookRegistration> actual)
    {
        // By reference: two declarations with equal content are still two.
        var found = new Dictionary<ExpectedRegistration, WebhookRegistration>(ReferenceEqualityComparer.Instance);

        // An enabled one first: if a disabled duplicate is left over, nothing is lost.
        var left = actual.OrderByDescending(registration => registration.IsEnabled).ThenBy(registration => registration.Id).ToList();
        Take((one, registration) => IsSameUrl(one.Url, registration.Url) && one.OwnLabel == registration.Label);
        Take((one, registration) => IsSameUrl(one.Url, registration.Url));
        Take((one, registration) => one.OwnLabel == registration.Label);
        return found;

        void Take(Func<ExpectedRegistration, WebhookRegistration, bool> matches)
        {
            foreach (var one in expected.Where(one => !found.ContainsKey(one)))
            {
                if (left.Find(registration => matches(one, registration)) is { } registration)
                {
                    found.Add(one, registration);
                    left.Remove(registration);
                }
            }
        }
    }

    /// <summary>Returns whether two URLs are equal, ignoring the letter case of the host.</summary>
    public static bool IsSameUrl(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first) && Uri.TryCreate(other, UriKind.Absolute, out var second)
            ? first == second
            : one == other;

    /// <summary>Returns whether a registration calls a URL whose path ends with this one.</summary>
    public static bool Calls(WebhookRegistration registration, string path) =>
        Uri.TryCreate(registration.Url, UriKind.Absolute, out var url)
        && url.AbsolutePath.TrimEnd('/').EndsWith(path.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
