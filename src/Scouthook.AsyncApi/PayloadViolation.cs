namespace Scouthook.AsyncApi;

/// <summary>A place where a body violates the contract.</summary>
/// <param name="Location">
/// The place as a JSON Pointer (RFC 6901), such as <c>/_embedded/threads/0/id</c>; empty for the body as a whole.
/// </param>
/// <param name="Message">
/// The violation, in words that continue the location, such as <c>must be text, but is a list</c>. It never quotes a
/// value of the body.
/// </param>
public sealed record PayloadViolation(string Location, string Message);
