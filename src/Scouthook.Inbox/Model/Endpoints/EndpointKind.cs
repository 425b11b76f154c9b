namespace Scouthook.Inbox.Model;

/// <summary>What an endpoint is. The numbers are stored.</summary>
internal enum EndpointKind
{
    /// <summary>A URL that events are posted to.</summary>
    Http = 0,

    /// <summary>A typed handler in this process.</summary>
    Handler = 1,
}
