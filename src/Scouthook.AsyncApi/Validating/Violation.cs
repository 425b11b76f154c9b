namespace Scouthook.AsyncApi.Validating;

/// <summary>A place where a body violates the contract, and what is wrong there.</summary>
internal sealed record Violation(string Location, string Message);
