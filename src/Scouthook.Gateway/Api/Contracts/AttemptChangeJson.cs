using Scouthook.Gateway.Api.Disclosing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A finished attempt as followers of the stream are told: how it ended, without what was answered.</summary>
internal sealed record AttemptChangeJson(Guid DeliveryId, Guid EventId, Guid EndpointId, string State, AttemptJson Attempt)
    : IForViewers
{
    public object ForViewers() => this with { Attempt = (AttemptJson)Attempt.ForViewers() };

    public static AttemptChangeJson From(Delivery delivery, Attempt attempt) => new(
        delivery.Id, delivery.EventId, delivery.EndpointId, DeliveryText.From(delivery.State), AttemptJson.From(attempt, withAnswer: false));
}
