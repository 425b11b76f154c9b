using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>A finished attempt as sent to followers of the stream: its outcome, without the response.</summary>
internal sealed record AttemptChangeView(Guid DeliveryId, Guid EventId, Guid EndpointId, string State, AttemptView Attempt)
    : IForViewers
{
    public object ForViewers() => this with { Attempt = (AttemptView)Attempt.ForViewers() };

    public static AttemptChangeView From(Delivery delivery, Attempt attempt) => new(
        delivery.Id, delivery.EventId, delivery.EndpointId, DeliveryText.From(delivery.State), AttemptView.From(attempt, withAnswer: false));
}
