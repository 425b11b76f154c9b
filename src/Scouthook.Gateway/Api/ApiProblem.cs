using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Scouthook.Gateway.Api.Contracts;

namespace Scouthook.Gateway.Api;

/// <summary>Answers that are not what was asked for: problem details that say what to do.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult Invalid(string parameter, string detail) => TypedResults.Problem(
        $"{parameter}: {detail}", statusCode: StatusCodes.Status400BadRequest, title: "Bad Request");

    public static ProblemHttpResult Conflict(string what, string detail) => TypedResults.Problem(
        $"{what}: {detail}", statusCode: StatusCodes.Status409Conflict, title: "Conflict");

    public static ProblemHttpResult NotFound(string what) => TypedResults.Problem(
        $"There is no such {what}. It may never have existed, or it is gone.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not Found");

    public static ProblemHttpResult NoRoute(HttpRequest request) => TypedResults.Problem(
        $"There is no {request.Method} {request.Path}. What there is stands in /openapi/v1.json.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not Found");

    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Title = title, Detail = detail, Type = "about:blank" },
            GatewayJsonContext.Default.ProblemDetails,
            "application/problem+json");
    }
}
