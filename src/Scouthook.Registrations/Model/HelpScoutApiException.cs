using System.Net;

namespace Scouthook.Registrations.Model;

/// <summary>A call of Help Scout's API failed.</summary>
/// <remarks>Neither the message nor any member contains a secret or an access token.</remarks>
public sealed class HelpScoutApiException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What failed, and what to do about it.</param>
    /// <param name="statusCode">The status of the response, or <see langword="null"/> if there was none.</param>
    /// <param name="errors">The errors of single fields.</param>
    /// <param name="correlationId">The identifier of the request that Help Scout's support asks for.</param>
    /// <param name="innerException">The cause, if there was no response.</param>
    public HelpScoutApiException(
        string message,
        HttpStatusCode? statusCode = null,
        IReadOnlyList<HelpScoutFieldError>? errors = null,
        string? correlationId = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        StatusCode = statusCode;
        Errors = errors ?? [];
        CorrelationId = correlationId;
    }

    /// <summary>The status of the response; <see langword="null"/> if there was no usable response.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The errors of single fields; empty if Help Scout reported none.</summary>
    public IReadOnlyList<HelpScoutFieldError> Errors { get; }

    /// <summary>The identifier of the request in Help Scout's logs, if there was a response with one.</summary>
    public string? CorrelationId { get; }
}
