using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>An answer to a survey message in a Beacon.</summary>
/// <remarks>
/// Source: <c>/webhooks/objects/survey-response</c>. This object exists only as a webhook, and it has no id of any
/// kind.
/// </remarks>
public sealed record SurveyResponse : HelpScoutPayload
{
    /// <summary>The survey message that was answered.</summary>
    [AlwaysPresent]
    public SurveyMessage? Message { get; init; }

    /// <summary>The answer, and the time it was given.</summary>
    [AlwaysPresent]
    public SurveyAnswer? Response { get; init; }

    /// <summary>The objects sent along with the answer: the customer, if known.</summary>
    /// <value>Never <see langword="null"/>: empty when the member is absent.</value>
    [JsonPropertyName("_embedded")]
    public SurveyResponseEmbedded Embedded { get; init => field = value ?? new(); } = new();

    /// <summary>Pages about the survey message and the customer.</summary>
    [JsonPropertyName("_links")]
    public SurveyResponseLinks? Links { get; init; }
}
