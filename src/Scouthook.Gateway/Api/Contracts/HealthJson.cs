namespace Scouthook.Gateway.Api.Contracts;

/// <summary>The answer of <c>/readyz</c>.</summary>
internal sealed record HealthJson(string Status, Dictionary<string, HealthEntryJson> Checks);
