namespace Scouthook.Cli.Demonstrating;

/// <summary>A fault put in on purpose, to see that the demo notices it.</summary>
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
