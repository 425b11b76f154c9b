namespace Scouthook.Registrations.Model;

/// <summary>An error that Help Scout reports for one field of a request.</summary>
/// <param name="Path">The field, for example <c>events[0]</c>.</param>
/// <param name="Message">What is wrong with it, in Help Scout's words.</param>
public sealed record HelpScoutFieldError(string Path, string Message);
