namespace Scouthook.Gateway.Operating;

/// <summary>Marks what answers on the address that the world reaches even when management has one of its own.</summary>
internal sealed class OpenToTheWorld
{
    public static OpenToTheWorld Instance { get; } = new();
}
