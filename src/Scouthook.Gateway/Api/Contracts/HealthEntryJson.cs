namespace Scouthook.Gateway.Api.Contracts;

/// <summary>One of the checks.</summary>
internal sealed record HealthEntryJson(string Status, string? Detail);
