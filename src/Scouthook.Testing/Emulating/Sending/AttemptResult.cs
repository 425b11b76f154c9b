using System.Net;

namespace Scouthook.Testing;

/// <summary>The result of one request to a webhook.</summary>
internal readonly record struct AttemptResult(
    HttpStatusCode? StatusCode, SendFailure? Failure, DateTimeOffset StartedAt, TimeSpan Duration)
{
    public bool IsSuccess => StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}
