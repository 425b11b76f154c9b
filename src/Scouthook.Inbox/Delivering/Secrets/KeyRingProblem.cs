namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>A problem with the key ring.</summary>
/// <param name="Reason">The problem, in sentences for an operator.</param>
/// <param name="Endpoints">The endpoints whose secrets it does not decrypt.</param>
/// <param name="Sources">The sources with stored secrets that it does not decrypt.</param>
internal sealed record KeyRingProblem(string Reason, IReadOnlyList<string> Endpoints, IReadOnlyList<string> Sources);
