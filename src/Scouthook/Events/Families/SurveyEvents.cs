namespace Scouthook.Events;

/// <summary>Somebody answered a survey message. The body has no id of any kind.</summary>
public sealed record SurveyResponseReceived : SurveyEvent;
