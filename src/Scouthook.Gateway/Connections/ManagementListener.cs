namespace Scouthook.Gateway.Connections;

/// <summary>Marks a connection that was accepted at a management address.</summary>
internal sealed class ManagementListener
{
    public static ManagementListener Instance { get; } = new();
}
