namespace Scouthook.Inbox.Model;

/// <summary>Who says what an endpoint is like. The numbers are stored.</summary>
internal enum EndpointOrigin
{
    /// <summary>Created through the management API, and changed there.</summary>
    Api = 0,

    /// <summary>Declared in the configuration.</summary>
    Configuration = 1,

    /// <summary>A handler that the app registers.</summary>
    Code = 2,
}
