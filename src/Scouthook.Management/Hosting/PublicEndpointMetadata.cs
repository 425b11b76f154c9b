namespace Scouthook.Management.Hosting;

/// <summary>Marks endpoints that respond on every address, even when management has an address of its own.</summary>
internal sealed class PublicEndpointMetadata
{
    public static PublicEndpointMetadata Instance { get; } = new();
}
