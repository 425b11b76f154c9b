namespace Scouthook.Gateway.Managing;

/// <summary>What became of a change to an endpoint.</summary>
internal enum EndpointChange
{
    Done,
    NotFound,
    NameTaken,

    /// <summary>The configuration or the app's code says what it is like, and would say so again at the next start.</summary>
    DeclaredElsewhere,
}
