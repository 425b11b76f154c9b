using Scouthook.Payloads;

namespace Scouthook.Events;

/// <summary>An event whose body is an answer to a survey message.</summary>
public abstract record SurveyEvent : HelpScoutEvent
{
    private protected SurveyEvent()
    {
    }

    /// <summary>The answer, with the customer where that is known.</summary>
    public required SurveyResponse Response { get; init; }

    /// <inheritdoc/>
    public sealed override HelpScoutPayload Payload => Response;
}
