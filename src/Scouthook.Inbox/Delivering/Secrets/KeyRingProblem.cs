namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>Describes why the key ring cannot be used.</summary>
/// <param name="Reason">The problem and its remedy, with the names of the endpoints.</param>
/// <param name="Endpoints">The endpoints whose secrets cannot be decrypted with the current files.</param>
internal sealed record KeyRingProblem(string Reason, IReadOnlyList<string> Endpoints);
