using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Colours of states; the word beside them says the same.</summary>
internal static class StateColours
{
    public const string Good = Palette.Good;
    public const string Waiting = Palette.Waiting;
    public const string Bad = Palette.Bad;

    public static string? Of(string state) => state switch
    {
        "ok" or "delivered" or "done" or "ready" => Good,
        "pending" or "leased" or "paused" or "running" or "failing" or "degraded" => Waiting,
        "deadLettered" or "disabled" or "down" or "stopped" or "unreadable" => Bad,
        _ => null,
    };
}
