using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Disclosure;



namespace Scouthook.Management.Services.Views;

/// <summary>A finished attempt as followers of the stream are told: how it ended, without what was answered.</summary>
internal sealed record AttemptChangeView(Guid DeliveryId, Guid EventId, Guid EndpointId, string State, AttemptView Attempt)
    : IForViewers
{
    public object ForViewers() => this with { Attempt = (AttemptView)Attempt.ForViewers() };

    public static AttemptChangeView From(Delivery delivery, Attempt attempt) => new(
        delivery.Id, delivery.EventId, delivery.EndpointId, DeliveryText.From(delivery.State), AttemptView.From(attempt, withAnswer: false));
}
