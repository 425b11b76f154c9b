namespace Scouthook.Payloads;

/// <summary>The survey message that an answer belongs to.</summary>
/// <remarks>Source: <c>/webhooks/objects/message</c>. It has no id.</remarks>
public sealed record SurveyMessage : HelpScoutPayload
{
    /// <summary>The name of the survey message.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }
}
