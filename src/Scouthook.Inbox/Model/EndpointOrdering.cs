namespace Scouthook.Inbox.Model;

/// <summary>In which order an endpoint gets the events of one resource. The numbers are stored.</summary>
internal enum EndpointOrdering
{
    /// <summary>One after the other, in the order of their sequence; a dead letter lets the next ones pass.</summary>
    Resource = 0,

    /// <summary>The same, but a dead letter holds the next ones until it is replayed, retried or discarded.</summary>
    Strict = 1,

    /// <summary>As they come.</summary>
    None = 2,
}
