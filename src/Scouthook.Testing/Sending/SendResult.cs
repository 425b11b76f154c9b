using System.Globalization;
using System.Net;

namespace Scouthook.Testing;

/// <summary>The result of sending one event: a status code, or the reason why there is none.</summary>
public sealed class SendResult
{
    internal SendResult(string eventName, HttpStatusCode? statusCode, SendFailure? failure, TimeSpan duration)
    {
        EventName = eventName;
        StatusCode = statusCode;
        Failure = failure;
        Duration = duration;
    }

    /// <summary>The name the event was sent under.</summary>
    public string EventName { get; }

    /// <summary>The status code of the response; <see langword="null"/> if there was no response.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>Why there was no response; <see langword="null"/> if there was one.</summary>
    public SendFailure? Failure { get; }

    /// <summary>True if the status code was a 2xx. Help Scout sends every other event again.</summary>
    public bool IsAccepted => StatusCode is >= (HttpStatusCode)200 and < (HttpStatusCode)300;

    /// <summary>The time from sending the request to the end of the response, or to the failure.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Returns the event name with the status code or the failure, such as <c>convo.created: 200</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => StatusCode is { } statusCode
        ? string.Create(CultureInfo.InvariantCulture, $"{EventName}: {(int)statusCode}")
        : $"{EventName}: {Failure}";
}
