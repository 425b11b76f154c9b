namespace Scouthook.Payloads;

/// <summary>One step of a visitor on the web site, before or during a chat.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/get</c>.</remarks>
public sealed record ChatTimelineEntry : HelpScoutPayload
{
    /// <summary>What the visitor did, such as <c>page-viewed</c>.</summary>
    [AlwaysPresent]
    public ChatTimelineType? Type { get; init; }

    /// <summary>When it happened, with microseconds.</summary>
    [AlwaysPresent]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The address of the page.</summary>
    public string? Url { get; init; }

    /// <summary>The title of the page.</summary>
    public string? Title { get; init; }
}
