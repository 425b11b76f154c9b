namespace Scouthook.Inbox.Model;

/// <summary>The number of deliveries in each state; leased ones count as pending.</summary>
internal readonly record struct DeliveryCounts(int Pending, int Delivered, int DeadLettered, int Discarded);
