namespace Scouthook.Payloads;

/// <summary>One step of a visitor on the website, before or during a chat.</summary>
/// <remarks>Source: Help Scout Chat API, <c>/chat/endpoints/get</c>.</remarks>
public sealed record ChatTimelineEntry : HelpScoutPayload
{
    /// <summary>The action of the visitor, such as <c>page-viewed</c>.</summary>
    [AlwaysPresent]
    public ChatTimelineType? Type { get; init; }

    /// <summary>The time of the action, with microseconds.</summary>
    [AlwaysPresent]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The address of the page.</summary>
    public string? Url { get; init; }

    /// <summary>The title of the page.</summary>
    public string? Title { get; init; }
}
