namespace Scouthook.Cli.Demonstrating;

/// <summary>An event by its name and its bytes: as it happened, and as it reached the receiver with a valid signature.</summary>
internal sealed record DemoDelivery(string EventName, string Digest);
