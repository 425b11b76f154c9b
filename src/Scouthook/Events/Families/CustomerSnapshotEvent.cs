using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is a customer as it is after the event.</summary>
public abstract record CustomerSnapshotEvent : CustomerEvent
{
    private protected CustomerSnapshotEvent()
    {
    }

    /// <summary>The customer after the event.</summary>
    public required Customer Customer { get; init; }

    /// <inheritdoc/>
    public sealed override long CustomerId => Customer.Id;

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Customer;
}
