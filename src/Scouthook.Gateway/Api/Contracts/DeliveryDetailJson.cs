using System.Diagnostics.CodeAnalysis;
using Scouthook.Gateway.Managing;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>A delivery with what is known of its attempts.</summary>
internal sealed record DeliveryDetailJson : DeliveryJson
{
    [SetsRequiredMembers]
    private DeliveryDetailJson(DeliveryJson delivery, IReadOnlyList<AttemptJson> made)
        : base(delivery) =>
        AttemptList = made;

    /// <summary>The attempts in their order. <c>attempts</c> counts those begun, also one whose process died at it.</summary>
    public required IReadOnlyList<AttemptJson> AttemptList { get; init; }

    public override object ForViewers() => new DeliveryDetailJson(
        WithoutBodies(), [.. AttemptList.Select(attempt => (AttemptJson)attempt.ForViewers())]);

    public static DeliveryDetailJson From(DeliveryDetail detail) => new(
        From(detail.Delivery), [.. detail.Attempts.Select(attempt => AttemptJson.From(attempt, detail.WithAnswers))]);
}
