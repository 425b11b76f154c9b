using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>An event that a webhook has still to acknowledge.</summary>
internal sealed record PendingDelivery
{
    public required EmittedEvent Event { get; init; }

    public required string Url { get; init; }

    public required SigningSecret Secret { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required ChaosPlan Plan { get; init; }

    /// <summary>Rises whenever the webhook is disabled; an attempt that began before has no say afterwards.</summary>
    public required int Generation { get; init; }

    public int Number { get; init; } = 1;

    public ChaosEffects Effects { get; init; }

    /// <summary>True for a second request of an event; its result changes nothing.</summary>
    public bool IsCopy { get; init; }

    /// <summary>True once an acknowledgement was ignored on purpose.</summary>
    public bool IsLateRetry { get; init; }

    /// <summary>The disturbances of the next request.</summary>
    public ChaosEffects RequestEffects => Number is 1 && !IsCopy ? Plan.FirstRequest | Effects : Effects;

    public PendingDelivery Copy(ChaosEffects effects) => this with { IsCopy = true, Effects = effects };
}
