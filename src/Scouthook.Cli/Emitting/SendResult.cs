namespace Scouthook.Cli.Emitting;

/// <summary>What became of one event that was sent.</summary>
/// <param name="EventName">The event name.</param>
/// <param name="Answer">The status, such as <c>200</c>, or what went wrong, such as <c>connection refused</c>.</param>
/// <param name="Accepted">Whether the answer was a 2xx.</param>
/// <param name="Elapsed">How long the answer took.</param>
internal readonly record struct SendResult(string EventName, string Answer, bool Accepted, TimeSpan Elapsed);
