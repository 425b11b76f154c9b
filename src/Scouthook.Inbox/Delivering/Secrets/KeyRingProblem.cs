namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>Why the key ring does not do its work.</summary>
/// <param name="Reason">What is wrong and what to do, with the names of the endpoints.</param>
/// <param name="Endpoints">The endpoints whose secrets cannot be decrypted with the files as they are now.</param>
internal sealed record KeyRingProblem(string Reason, IReadOnlyList<string> Endpoints);
