using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>A change that a round of dispatching makes.</summary>
internal abstract record DispatchStep
{
    private DispatchStep()
    {
    }

    /// <summary>Adds a delivery behind all others.</summary>
    internal sealed record Deliver(WebhookEndpoint Endpoint, RoutedEvent Event) : DispatchStep;

    /// <summary>Advances all endpoints at a position.</summary>
    internal sealed record AdvanceAll(long From, long To) : DispatchStep;

    /// <summary>Advances one endpoint.</summary>
    internal sealed record Advance(Guid EndpointId, long To) : DispatchStep;
}
