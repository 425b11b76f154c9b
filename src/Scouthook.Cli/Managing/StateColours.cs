namespace Scouthook.Cli.Managing;

/// <summary>Colours that can be read on light and dark terminals; the word beside them says the same.</summary>
internal static class StateColours
{
    public const string Good = "green";
    public const string Waiting = "olive";
    public const string Bad = "maroon";

    public static string? Of(string state) => state switch
    {
        "ok" or "delivered" or "done" or "ready" => Good,
        "pending" or "leased" or "paused" or "running" or "failing" or "degraded" => Waiting,
        "deadLettered" or "disabled" or "down" or "stopped" or "unreadable" => Bad,
        _ => null,
    };
}
