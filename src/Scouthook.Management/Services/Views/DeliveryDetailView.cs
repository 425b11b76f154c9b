using System.Diagnostics.CodeAnalysis;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>A delivery with what is known of its attempts.</summary>
internal sealed record DeliveryDetailView : DeliveryView
{
    [SetsRequiredMembers]
    private DeliveryDetailView(DeliveryView delivery, IReadOnlyList<AttemptView> made)
        : base(delivery) =>
        AttemptList = made;

    /// <summary>The attempts in their order. <c>attempts</c> counts those begun, also one whose process died at it.</summary>
    public required IReadOnlyList<AttemptView> AttemptList { get; init; }

    public override object ForViewers() => new DeliveryDetailView(
        WithoutBodies(), [.. AttemptList.Select(attempt => (AttemptView)attempt.ForViewers())]);

    /// <param name="delivery">The delivery.</param>
    /// <param name="attempts">Its attempts in their order.</param>
    /// <param name="withAnswers">Whether to show the endpoint's responses, which may quote the body.</param>
    public static DeliveryDetailView From(Delivery delivery, IReadOnlyList<Attempt> attempts, bool withAnswers) => new(
        From(delivery), [.. attempts.Select(attempt => AttemptView.From(attempt, withAnswers))]);
}
