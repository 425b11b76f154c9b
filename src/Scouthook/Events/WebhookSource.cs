namespace Scouthook.Events;

/// <summary>Names of sources: a source is one Help Scout account that sends to this receiver.</summary>
public static class WebhookSource
{
    /// <summary>The name of the source that receives at <c>/webhook</c>: <c>default</c>.</summary>
    public const string DefaultName = "default";
}
