namespace Scouthook.Payloads;

/// <summary>The objects sent along with an answer to a survey.</summary>
/// <remarks>Source: <c>/webhooks/objects/survey-response</c>.</remarks>
public sealed record SurveyResponseEmbedded : HelpScoutPayload
{
    /// <summary>
    /// The customer who answered, in full. Documented for identified customers, so probably absent for anonymous
    /// visitors.
    /// </summary>
    public Customer? Customer { get; init; }
}
