namespace Scouthook.Inbox.Model;

/// <summary>An endpoint that events are delivered to.</summary>
internal sealed record WebhookEndpoint
{
    public required Guid Id { get; init; }

    public required EndpointDefinition Definition { get; init; }

    public required EndpointOrigin Origin { get; init; }

    public required EndpointState State { get; init; }

    /// <summary>Why it is disabled.</summary>
    public string? StateReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// The time since which every attempt has failed; <see langword="null"/> if the last one succeeded.
    /// </summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The state derived from the last attempts.</summary>
    public EndpointHealth Health { get; init; } = EndpointHealth.None;

    /// <summary>All events up to this sequence have been dispatched to it.</summary>
    public required long DispatchedThrough { get; init; }

    /// <summary>
    /// The state when it was last declared; <see langword="null"/> if it is declared now or was created through the
    /// API.
    /// </summary>
    public EndpointState? UndeclaredFrom { get; init; }

    /// <summary>Its secrets, encrypted; <see langword="null"/> for handlers.</summary>
    public byte[]? Secrets { get; init; }

    /// <summary>True if the configuration sets its secret.</summary>
    public bool IsSecretDeclared { get; init; }

    /// <summary>The fingerprint of the declaration that it comes from; <see langword="null"/> if it was created through the API.</summary>
    public string? Declaration { get; init; }

    /// <summary>When that declaration was first seen.</summary>
    public DateTimeOffset? DeclaredSince { get; init; }

    /// <summary>The number of changes to definition, secrets and state.</summary>
    public long Revision { get; init; }

    public string Name => Definition.Name;

    /// <summary>True if configuration or code declares it now. An endpoint no longer declared can be edited through the API.</summary>
    public bool IsDeclared => Origin is not EndpointOrigin.Api && UndeclaredFrom is null;
}
