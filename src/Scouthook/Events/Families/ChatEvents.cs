namespace Scouthook.Events;

/// <summary>A visitor started a Beacon chat. There is no conversation before the chat ends.</summary>
public sealed record BeaconChatCreated : BeaconChatEvent;

/// <summary>The visitor wrote in a Beacon chat.</summary>
public sealed record BeaconChatCustomerReplied : BeaconChatEvent;
