namespace Scouthook.Management.Hosting;

/// <summary>Marks endpoints that respond on every address, even when management has a separate address.</summary>
internal sealed class PublicEndpointMetadata
{
    public static PublicEndpointMetadata Instance { get; } = new();
}
