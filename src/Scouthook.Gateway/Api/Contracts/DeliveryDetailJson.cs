using System.Diagnostics.CodeAnalysis;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A delivery with what is known of its attempts.</summary>
internal sealed record DeliveryDetailJson : DeliveryJson
{
    [SetsRequiredMembers]
    public DeliveryDetailJson(Delivery delivery, IReadOnlyList<AttemptJson> made)
        : base(delivery) =>
        AttemptList = made;

    /// <summary>The attempts in their order. <c>attempts</c> counts those begun, also one whose process died at it.</summary>
    public IReadOnlyList<AttemptJson> AttemptList { get; }
}
