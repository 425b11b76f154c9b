using System.Text.Json.Nodes;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>The states of deliveries, and their counts in words.</summary>
internal static class DeliveryStates
{
    public const string Sentence = "pending, leased, delivered, deadLettered or discarded";

    public static string[] All { get; } = ["pending", "leased", "delivered", "deadLettered", "discarded"];

    /// <summary>Writes the counts of an event in full: <c>1 pending, 2 delivered, 1 dead letter</c>.</summary>
    public static string Describe(JsonObject counts) => string.Join(
        ", ",
        counts.Select(count => (State: count.Key, Count: count.Value!.GetValue<long>()))
            .Where(count => count.Count > 0)
            .Select(count => count.State == "deadLettered"
                ? ItemText.Count(count.Count, "dead letter", "dead letters")
                : ItemText.Count(count.Count, count.State, count.State)));

    /// <summary>Writes the counts of an event in short: <c>2 of 3, 1 dead</c>.</summary>
    public static string Summarize(JsonObject counts)
    {
        var (delivered, pending, dead) = (Of(counts, "delivered"), Of(counts, "pending"), Of(counts, "deadLettered"));
        var all = delivered + pending + dead + Of(counts, "discarded");
        return all == 0
            ? ""
            : $"{delivered} of {all}" + (dead > 0 ? $", {dead} dead" : pending > 0 ? $", {pending} pending" : "");
    }

    public static string? ColourOf(JsonObject counts) => Of(counts, "deadLettered") > 0
        ? StateColours.Bad
        : Of(counts, "pending") > 0 ? StateColours.Waiting : null;

    private static long Of(JsonObject counts, string state) => counts[state]?.GetValue<long>() ?? 0;
}
