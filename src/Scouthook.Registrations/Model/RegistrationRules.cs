namespace Scouthook.Registrations.Model;

/// <summary>The rules for registrations that are checked before Help Scout is asked.</summary>
internal static class RegistrationRules
{
    /// <returns>What is wrong with a URL; <see langword="null"/> if nothing is.</returns>
    public static string? UrlProblem(string? url) =>
        string.IsNullOrWhiteSpace(url) ? "is not set. Enter the public URL that Help Scout should post events to."
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null
        : "must be an absolute URL such as https://example.com/webhook.";

    /// <returns>What is wrong with the name of an event; <see langword="null"/> if it may exist.</returns>
    /// <remarks>Only the form is checked: Help Scout has names that are not in the catalogue, and validates them itself.</remarks>
    public static string? EventProblem(string? name) =>
        name is { Length: > 0 } && name.Contains('.') && name.All(character => char.IsAsciiLetterLower(character) || character is '.' or '-')
            ? null
            : "must be the name of an event such as convo.created. Patterns are not allowed here.";
}
