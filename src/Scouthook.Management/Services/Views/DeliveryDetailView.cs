using System.Diagnostics.CodeAnalysis;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services.Views;

/// <summary>A delivery with its attempts.</summary>
internal sealed record DeliveryDetailView : DeliveryView
{
    [SetsRequiredMembers]
    public DeliveryDetailView(DeliveryView delivery, IReadOnlyList<AttemptView> made)
        : base(delivery) =>
        AttemptList = made;

    /// <summary>
    /// The attempts in order. <c>attempts</c> counts those started, including one during which the process died.
    /// </summary>
    public required IReadOnlyList<AttemptView> AttemptList { get; init; }

    public override object ForViewers() => new DeliveryDetailView(
        WithoutBodies(), [.. AttemptList.Select(attempt => (AttemptView)attempt.ForViewers())]);

    /// <param name="delivery">The delivery.</param>
    /// <param name="attempts">Its attempts in order.</param>
    /// <param name="withAnswers">Whether to show the endpoint's responses, which may quote the body.</param>
    public static DeliveryDetailView From(Delivery delivery, IReadOnlyList<Attempt> attempts, bool withAnswers) => new(
        From(delivery), [.. attempts.Select(attempt => AttemptView.From(attempt, withAnswers))]);
}
