namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A source as configured, and what it has received.</summary>
internal sealed record SourceJson(
    string Name,
    string? Path,
    bool Configured,
    IReadOnlyList<SecretJson> Secrets,
    DateTimeOffset? LastReceivedAt,
    long? LastSequence);
