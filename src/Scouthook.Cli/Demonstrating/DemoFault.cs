namespace Scouthook.Cli.Demonstrating;

/// <summary>A fault injected on purpose, to check that the demo detects it.</summary>
internal enum DemoFault
{
    None,

    /// <summary>The webhook of one event type has another secret than the gateway, so its signatures are wrong.</summary>
    CorruptSignature,

    /// <summary>The webhook lacks one event type, which is not sent.</summary>
    DropEvent,

    /// <summary>One event type arrives under the name of another of its family.</summary>
    SwapType,
}
