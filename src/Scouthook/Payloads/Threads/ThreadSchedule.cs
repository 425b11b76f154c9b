namespace Scouthook.Payloads;

/// <summary>The schedule of a message that will be sent later.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. Its members are not
/// documented.
/// </remarks>
public sealed record ThreadSchedule : HelpScoutPayload;
