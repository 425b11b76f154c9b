namespace Scouthook.Inbox.Delivering;

/// <summary>The secret of an endpoint, and during a rotation also the one before.</summary>
/// <remarks>
/// A Standard Webhooks header can carry several signatures, Help Scout's only one. So the latter stays under the previous
/// secret until the grace ends or is finished: by then the receiver must know the new one. A rotation during a grace
/// drops the oldest secret; whoever must keep it working asks <see cref="IsInGrace"/> first.
/// </remarks>
internal sealed class EndpointSecrets
{
    /// <summary>How long the previous secret goes on signing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public EndpointSecrets(EndpointSecret current)
        : this(current, null, null)
    {
    }

    internal EndpointSecrets(EndpointSecret current, EndpointSecret? previous, DateTimeOffset? graceEndsAt)
    {
        Current = current;
        Previous = previous;
        GraceEndsAt = graceEndsAt;
    }

    public EndpointSecret Current { get; }

    public EndpointSecret? Previous { get; }

    public DateTimeOffset? GraceEndsAt { get; }

    /// <summary>Whether the previous secret still signs.</summary>
    public bool IsInGrace(DateTimeOffset now) => Previous is not null && now < GraceEndsAt;

    /// <summary>Puts another secret in force and starts the grace of the present one.</summary>
    /// <param name="next">The new secret; <see langword="null"/> to have one made.</param>
    /// <param name="now">The current instant.</param>
    public EndpointSecrets Rotate(EndpointSecret? next, DateTimeOffset now) =>
        new(next ?? EndpointSecret.Generate(), Current, now + Grace);

    /// <summary>Ends the grace: from now on only the current secret signs.</summary>
    public EndpointSecrets Finish() => new(Current);

    /// <summary>The value of <c>X-HelpScout-Signature</c>.</summary>
    public string SignHelpScout(ReadOnlySpan<byte> body, DateTimeOffset now) =>
        (IsInGrace(now) ? Previous! : Current).SignHelpScout(body);

    /// <summary>The value of <c>webhook-signature</c>, the current secret's first.</summary>
    public string SignStandard(string id, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        var signature = Current.SignStandard(id, timestamp, body);
        return IsInGrace(now) ? $"{signature} {Previous!.SignStandard(id, timestamp, body)}" : signature;
    }

    /// <summary>Returns fingerprints, never a secret.</summary>
    public override string ToString() => Previous is null ? $"{Current}" : $"{Current}, before it {Previous}";
}
