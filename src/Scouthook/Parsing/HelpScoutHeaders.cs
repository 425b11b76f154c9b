namespace Scouthook.Parsing;

/// <summary>The headers of a Help Scout webhook. Their names are case-insensitive.</summary>
/// <remarks>Source: <c>https://developer.helpscout.com/webhooks</c>.</remarks>
public static class HelpScoutHeaders
{
    /// <summary>The event name: <c>X-HelpScout-Event</c>. No body carries it.</summary>
    public const string Event = "X-HelpScout-Event";

    /// <summary>The signature of the body: <c>X-HelpScout-Signature</c>.</summary>
    public const string Signature = "X-HelpScout-Signature";
}
