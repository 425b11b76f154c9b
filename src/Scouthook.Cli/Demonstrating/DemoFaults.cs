namespace Scouthook.Cli.Demonstrating;

/// <summary>The events of a <see cref="DemoFault"/>.</summary>
internal static class DemoFaults
{
    /// <summary>The event type that a fault befalls.</summary>
    public const string Victim = "convo.status";

    /// <summary>The event type of the same family under whose name it arrives if types are swapped.</summary>
    public const string Impostor = "convo.tags";

    public static DemoFault Parse(string? name) => name switch
    {
        "corrupt-signature" => DemoFault.CorruptSignature,
        "drop-event" => DemoFault.DropEvent,
        "swap-type" => DemoFault.SwapType,
        _ => DemoFault.None,
    };
}
