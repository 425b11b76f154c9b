namespace Scouthook.Inbox.Model;

/// <summary>The kind of an endpoint. The numbers are stored.</summary>
internal enum EndpointKind
{
    /// <summary>A URL that events are posted to.</summary>
    Http = 0,

    /// <summary>A typed handler in this process.</summary>
    Handler = 1,
}
