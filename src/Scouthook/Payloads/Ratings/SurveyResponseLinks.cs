using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>Pages about a survey message and the customer who answered.</summary>
/// <remarks>
/// Source: <c>/webhooks/objects/survey-response</c>. The names contain a colon; that these links are at the root is
/// inferred.
/// </remarks>
public sealed record SurveyResponseLinks : HelpScoutPayload
{
    /// <summary>The page of the survey message in the web application.</summary>
    [JsonPropertyName("message:dashboard")]
    public Link? MessageDashboard { get; init; }

    /// <summary>The page of the customer in the web application. Probably absent for anonymous visitors.</summary>
    [JsonPropertyName("customer:profile")]
    public Link? CustomerProfile { get; init; }
}
