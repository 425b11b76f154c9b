namespace Scouthook.AsyncApi.Validating;

/// <summary>A place where a body violates the contract, with a description.</summary>
internal sealed record Violation(string Location, string Message);
