namespace Scouthook.Management.Services;

/// <summary>
/// The members of an endpoint that a caller sets; <see langword="null"/> leaves one unchanged, or at its default.
/// </summary>
internal sealed record EndpointRequest
{
    public string? Name { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<string>? Events { get; init; }

    public IReadOnlyList<long>? MailboxIds { get; init; }

    public string? Ordering { get; init; }

    public double? TimeoutSeconds { get; init; }

    public double? Concurrency { get; init; }

    public bool? IncludeUnreadable { get; init; }

    /// <summary>
    /// The secret that deliveries are signed with; <see langword="null"/> to generate one. Only at creation.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>The position to start from: <c>now</c>, <c>beginning</c> or an instant. Only at creation.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Returns the name, never the secret.</summary>
    public override string ToString() => Name ?? nameof(EndpointRequest);
}
