namespace Scouthook.Gateway.Connections;

/// <summary>The reason why a connection was not kept.</summary>
internal enum ConnectionRefusal
{
    /// <summary>Its address already has the maximum number of connections.</summary>
    TooManyFromAddress,

    /// <summary>The maximum number of connections is reached, and none could be replaced.</summary>
    TooMany,

    /// <summary>It was replaced by one from an address with fewer connections.</summary>
    GaveWay,
}
