namespace Scouthook.Cli.Demonstrating;

/// <summary>A fault injected on purpose, to check that the demo detects it.</summary>
internal enum DemoFault
{
    None,

    /// <summary>One event is sent with a signature of another body.</summary>
    CorruptSignature,

    /// <summary>One event is not sent.</summary>
    DropEvent,

    /// <summary>One event is sent under the name of another event of its family.</summary>
    SwapType,
}
