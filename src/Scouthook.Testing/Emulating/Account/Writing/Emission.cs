using Scouthook.Payloads;

namespace Scouthook.Testing.Emulating.Account.Writing;

/// <summary>An event of the account model, not yet serialized.</summary>
/// <param name="Name">The event name.</param>
/// <param name="Payload">The resource after the change.</param>
/// <param name="MailboxId">The inbox of the resource, if it has one.</param>
/// <param name="ResourcePath">The path of the resource in the Inbox API.</param>
/// <param name="OccurredAt">The time of the change.</param>
internal sealed record Emission(
    string Name, HelpScoutPayload Payload, long? MailboxId, string ResourcePath, DateTimeOffset OccurredAt);
