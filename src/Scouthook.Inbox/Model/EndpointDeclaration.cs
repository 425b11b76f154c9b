namespace Scouthook.Inbox.Model;

/// <summary>An endpoint as configuration or code declares it.</summary>
/// <param name="Definition">What it is to be.</param>
/// <param name="Start">From where on it gets events, should it be new.</param>
internal sealed record EndpointDeclaration(EndpointDefinition Definition, StartPosition Start);
