namespace Scouthook.Cli.Demonstrating;

/// <summary>A delivery as it reached the receiver, with a signature that holds.</summary>
internal sealed record DemoDelivery(string EventName, string Digest);
