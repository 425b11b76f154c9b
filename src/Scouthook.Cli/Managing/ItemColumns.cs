using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Managing;

/// <summary>Columns that several lists have.</summary>
internal static class ItemColumns
{
    public static Column Id { get; } = new("Id", item => ItemText.Of(item["id"])) { Brief = item => ItemText.IdEnding(item["id"]) };

    public static Column Text(string title, string member) => new(title, item => ItemText.Of(item[member]));

    public static Column Number(string title, string member) => Text(title, member) with { IsNumber = true };

    public static Column Time(string title, string member) => new($"{title} (UTC)", item => ItemText.Time(item[member]))
    {
        Narrow = item => ItemText.TimeWithoutYear(item[member]),
    };

    /// <summary>The state of a delivery, coloured.</summary>
    public static Column DeliveryState { get; } = Text("State", "state") with { Colour = item => StateColours.Of(ItemText.Of(item["state"])) };
}
