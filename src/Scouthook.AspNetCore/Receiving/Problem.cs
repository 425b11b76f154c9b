using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>A response other than 200: problem details (RFC 9457), the same bytes every time.</summary>
/// <remarks>Constant on purpose: a response built from the request could reveal something to an attacker.</remarks>
internal sealed class Problem
{
    private readonly int _status;
    private readonly byte[] _body;

    private Problem(int status, string title, string detail)
    {
        _status = status;
        _body = Encoding.UTF8.GetBytes(
            $$"""{"type":"about:blank","title":"{{title}}","status":{{status}},"detail":"{{detail}}"}""");
    }

    public static Problem Unauthorized { get; } = new(
        StatusCodes.Status401Unauthorized, "Unauthorized",
        "The request is not signed with a trusted secret.");

    public static Problem MethodNotAllowed { get; } = new(
        StatusCodes.Status405MethodNotAllowed, "Method Not Allowed", "Events are received with POST.");

    public static Problem BodyTooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "Content Too Large", "The body is longer than this receiver allows.");

    public static Problem BodyTimeout { get; } = new(
        StatusCodes.Status408RequestTimeout, "Request Timeout", "The body did not arrive in time.");

    public static Problem HandlerFailed { get; } = new(
        StatusCodes.Status500InternalServerError, "Internal Server Error",
        "The event could not be handled; send it again.");

    public static Problem Unavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "Service Unavailable",
        "The event cannot be stored right now; send it again later.");

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        response.ContentType = "application/problem+json";
        response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }
}
