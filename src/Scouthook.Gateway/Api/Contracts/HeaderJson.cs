namespace Scouthook.Gateway.Api.Contracts;

/// <summary>One header of a request.</summary>
internal sealed record HeaderJson(string Name, string Value);
