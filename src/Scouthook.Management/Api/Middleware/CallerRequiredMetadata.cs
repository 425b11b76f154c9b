namespace Scouthook.Management.Api.Middleware;

/// <summary>Marks routes that only authenticated callers may use.</summary>
internal sealed class CallerRequiredMetadata
{
    public static CallerRequiredMetadata Instance { get; } = new();
}
