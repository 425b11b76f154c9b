namespace Scouthook.Management.Watching;

/// <summary>A change of a registration that is to be reported.</summary>
/// <param name="IsAboutState">Whether it was disabled or enabled; otherwise what it should be has changed.</param>
/// <param name="IsGood">Whether the problem is over.</param>
/// <param name="Message">The change, in a sentence for an operator.</param>
/// <param name="RegistrationId">The registration, if it is about one.</param>
/// <param name="Problems">The problems now.</param>
internal sealed record RegistrationReport(
    bool IsAboutState, bool IsGood, string Message, long? RegistrationId, IReadOnlyList<string> Problems);
