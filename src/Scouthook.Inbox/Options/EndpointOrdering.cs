namespace Scouthook.Inbox;

/// <summary>The order in which an endpoint gets the events of one resource.</summary>
/// <remarks>The numbers are stored.</remarks>
public enum EndpointOrdering
{
    /// <summary>One after the other, in the order of their sequence; a dead letter lets the next ones pass.</summary>
    Resource = 0,

    /// <summary>The same, but a dead letter blocks the next ones until it is replayed, retried or discarded.</summary>
    Strict = 1,

    /// <summary>In no particular order.</summary>
    None = 2,
}
