namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>A secret that was replaced and still signs until its grace ends.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="EndsAt">When it stops signing.</param>
internal sealed record RetiringSecret(EndpointSecret Secret, DateTimeOffset EndsAt);
