using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Scouthook.Management.Problems;

/// <summary>Creates error responses: problem details that include the remedy.</summary>
internal static class ApiProblem
{
    private const int MaxShown = 100;

    public static ProblemHttpResult Invalid(string parameter, string detail) => TypedResults.Problem(
        $"{Shown(parameter)}: {detail}", statusCode: StatusCodes.Status400BadRequest, title: "Bad Request");

    public static ProblemHttpResult Conflict(string what, string detail) => TypedResults.Problem(
        $"{what}: {detail}", statusCode: StatusCodes.Status409Conflict, title: "Conflict");

    /// <param name="what">The kind of object.</param>
    /// <param name="hint">A sentence that helps to find it.</param>
    public static ProblemHttpResult NotFound(string what, string? hint = null) => TypedResults.Problem(
        $"There is no such {what}. {hint ?? "It may never have existed, or it was removed."}",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not Found");

    /// <summary>Several ids have the ending that was sent.</summary>
    public static ProblemHttpResult Ambiguous(string what, string ending, IReadOnlyList<Guid> candidates) => TypedResults.Problem(
        $"Several {what} ids end with {Shown(ending)}. Send the full id of one of the candidates.",
        statusCode: StatusCodes.Status409Conflict,
        title: "Conflict",
        extensions: new Dictionary<string, object?> { ["candidates"] = candidates.Select(id => id.ToString()).ToArray() });

    /// <param name="maxBytes">The limit that the body exceeds.</param>
    public static ProblemHttpResult TooLarge(int maxBytes) => TypedResults.Problem(
        $"The body has more than {maxBytes} bytes.",
        statusCode: StatusCodes.Status413PayloadTooLarge,
        title: "Content Too Large");

    public static ProblemHttpResult NoRoute(HttpRequest request) => TypedResults.Problem(
        $"There is no {Shown(request.Method)} {Shown(request.Path.Value ?? "")}. All routes are listed in {request.PathBase}/openapi/v1.json.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not Found");

    public static ProblemHttpResult WrongMethod(HttpRequest request, IReadOnlyList<string> allowed) => TypedResults.Problem(
        $"{Shown(request.Path.Value ?? "")} does not support {Shown(request.Method)}; it supports {string.Join(", ", allowed)}.",
        statusCode: StatusCodes.Status405MethodNotAllowed,
        title: "Method Not Allowed");

    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Title = title, Detail = detail, Type = "about:blank" },
            ProblemJsonContext.Default.ProblemDetails,
            "application/problem+json");
    }

    /// <summary>Writes a response for a status that was set without one.</summary>
    public static Task WriteAsync(HttpContext context, int status) => WriteAsync(
        context,
        status,
        ReasonPhrases.GetReasonPhrase(status),
        status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "The Allow header lists the methods of this address.",
            _ => "The request failed.",
        });

    /// <summary>Truncates text of a client to the length that a message may quote.</summary>
    public static string Shown(string text) =>
        text.Length <= MaxShown ? text : $"{text[..(char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown)]}…";
}
