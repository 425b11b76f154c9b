namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>
/// The current secret of an endpoint and, after rotations, those that continue to sign until their grace period ends.
/// </summary>
/// <remarks>
/// A Standard Webhooks header can carry several signatures, so every secret continues to sign it until 24 hours after
/// its successor. Help Scout's header carries one: it uses the oldest secret that still signs, because the receiver has
/// until then to learn the next.
/// </remarks>
internal sealed class EndpointSecrets
{
    /// <summary>
    /// How many earlier secrets may sign at once. The header grows by 48 bytes with each, and receivers limit headers.
    /// </summary>
    public const int MaxEarlier = 200;

    /// <summary>How long a replaced secret continues to sign.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    private readonly RetiringSecret[] _earlier;

    public EndpointSecrets(EndpointSecret current)
        : this(current, [])
    {
    }

    /// <param name="current">The current secret.</param>
    /// <param name="earlier">Those before it, oldest first.</param>
    internal EndpointSecrets(EndpointSecret current, IEnumerable<RetiringSecret> earlier)
    {
        Current = current;
        _earlier = [.. earlier];
    }

    public EndpointSecret Current { get; }

    /// <summary>The earlier secrets, oldest first; their grace period may have ended.</summary>
    public IReadOnlyList<RetiringSecret> Earlier => _earlier;

    /// <summary>True if earlier secrets still sign.</summary>
    public bool IsInGrace(DateTimeOffset now) => Array.Exists(_earlier, secret => now < secret.EndsAt);

    /// <summary>Returns whether another rotation would leave more earlier secrets than may sign at once.</summary>
    public bool IsFull(DateTimeOffset now) => _earlier.Count(secret => now < secret.EndsAt) >= MaxEarlier;

    /// <summary>Makes another secret the current one and starts the grace period of the present one.</summary>
    /// <param name="next">The new secret; <see langword="null"/> to generate one.</param>
    /// <param name="now">The current instant.</param>
    /// <remarks>
    /// A rotation back to a secret that still signs keeps its place for as long as the present one: otherwise Help
    /// Scout's header would change to the abandoned secret and back.
    /// </remarks>
    public EndpointSecrets Rotate(EndpointSecret? next, DateTimeOffset now)
    {
        next ??= EndpointSecret.Generate();
        var end = now + Grace;
        return new EndpointSecrets(
            next,
            _earlier.Where(secret => now < secret.EndsAt)
                .Select(secret => secret.Secret.Text == next.Text ? secret with { EndsAt = end } : secret)
                .Append(new RetiringSecret(Current, end)));
    }

    /// <summary>Ends the grace period: from now on only the current secret signs.</summary>
    public EndpointSecrets Finish() => new(Current);

    /// <summary>Returns the value of <c>X-HelpScout-Signature</c>.</summary>
    public string SignHelpScout(ReadOnlySpan<byte> body, DateTimeOffset now) =>
        (Array.Find(_earlier, secret => now < secret.EndsAt)?.Secret ?? Current).SignHelpScout(body);

    /// <summary>Returns the value of <c>webhook-signature</c>, the signature of the newest secret first.</summary>
    public string SignStandard(string id, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        var signature = Current.SignStandard(id, timestamp, body);
        if (!IsInGrace(now))
        {
            return signature;
        }

        var signed = new HashSet<string>(StringComparer.Ordinal) { Current.StandardText };
        var signatures = new List<string> { signature };
        for (var index = _earlier.Length - 1; index >= 0; index--)
        {
            if (now < _earlier[index].EndsAt && signed.Add(_earlier[index].Secret.StandardText))
            {
                signatures.Add(_earlier[index].Secret.SignStandard(id, timestamp, body));
            }
        }

        return string.Join(' ', signatures);
    }

    /// <summary>Returns fingerprints, never a secret.</summary>
    public override string ToString() => string.Join(", before it ", _earlier.Select(secret => secret.Secret).Append(Current).Reverse());
}
