namespace Scouthook.Events;

/// <summary>A survey message was answered. The body has no id of any kind.</summary>
public sealed record SurveyResponseReceived : SurveyEvent;
