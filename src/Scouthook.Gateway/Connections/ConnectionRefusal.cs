namespace Scouthook.Gateway.Connections;

/// <summary>Why a connection was not kept.</summary>
internal enum ConnectionRefusal
{
    /// <summary>Its address has as many as one address may have.</summary>
    TooManyFromAddress,

    /// <summary>There are as many as there may be, and none that could give way.</summary>
    TooMany,

    /// <summary>It gave way to one from an address with fewer connections.</summary>
    GaveWay,
}
