namespace Scouthook.Inbox.Model;

/// <summary>How many deliveries are in which state; leased ones count as pending.</summary>
internal readonly record struct DeliveryCounts(int Pending, int Delivered, int DeadLettered, int Discarded);
