namespace Scouthook.Inbox.Model;

/// <summary>Where an endpoint is defined. The numbers are stored.</summary>
internal enum EndpointOrigin
{
    /// <summary>Created and changed through the management API.</summary>
    Api = 0,

    /// <summary>Declared in the configuration.</summary>
    Configuration = 1,

    /// <summary>A handler registered by the app.</summary>
    Code = 2,
}
