namespace Scouthook.Gateway.Api.Contracts;

/// <summary>The answer of <c>/readyz</c>, which anybody may ask.</summary>
internal sealed record ReadyJson(string Status);
