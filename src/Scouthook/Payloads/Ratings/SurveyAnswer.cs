namespace Scouthook.Payloads;

/// <summary>The answer to a survey, and the time it was given.</summary>
/// <remarks>
/// Source: <c>/webhooks/objects/survey-response-data</c>. Which members are present depends on the kind of survey.
/// </remarks>
public sealed record SurveyAnswer : HelpScoutPayload
{
    /// <summary>
    /// The answer in words. Only for surveys with faces (<c>Happy</c>, <c>Neutral</c>, <c>Sad</c>), thumbs
    /// (<c>Thumbs Up</c>, <c>Thumbs Down</c>) and emoji.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// The answer: an emoji, the text of the chosen option, or a net promoter score from <c>0</c> to <c>10</c>. Always
    /// a text.
    /// </summary>
    /// <remarks>Absent for surveys that ask for text.</remarks>
    public string? Value { get; init; }

    /// <summary>The group that a net promoter score falls into. Only for net promoter surveys.</summary>
    /// <remarks>Take it as sent: the documented example does not follow the usual split.</remarks>
    public NpsCategory? Category { get; init; }

    /// <summary>
    /// The written comment. Always present for surveys that ask for text, else only if one was written.
    /// </summary>
    public string? Comment { get; init; }

    /// <summary>The time the answer was given.</summary>
    [AlwaysPresent]
    public DateTimeOffset? Timestamp { get; init; }
}
