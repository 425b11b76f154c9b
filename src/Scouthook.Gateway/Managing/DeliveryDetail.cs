using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>A delivery with its attempts.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Attempts">The attempts in their order.</param>
/// <param name="WithAnswers">Whether the caller may see what the endpoint answered: it may quote the body it was sent.</param>
internal sealed record DeliveryDetail(Delivery Delivery, IReadOnlyList<Attempt> Attempts, bool WithAnswers);
