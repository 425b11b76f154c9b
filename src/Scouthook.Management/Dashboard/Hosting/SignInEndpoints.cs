using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Components;
using Scouthook.Management.Dashboard.Sessions;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>Signs in with an API key, and out.</summary>
/// <remarks>Plain forms: a circuit cannot set cookies.</remarks>
internal static class SignInEndpoints
{
    private const int MaxFormBytes = 16 * 1024;
    private const string KeyField = "key";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(DashboardPaths.SignIn, (HttpContext context) => Page(context, context.Request.Query[ReturnUrl.Parameter], null));
        routes.MapPost(DashboardPaths.SignIn, SignInAsync).DisableAntiforgery();
        routes.MapPost(DashboardPaths.SignOut, SignOutAsync).DisableAntiforgery();
    }

    /// <remarks>
    /// The form is validated here, because the middleware would answer a form without a token before the failure can
    /// be explained: the cookie of a page that was open for long may have gone.
    /// </remarks>
    private static async Task<IResult> SignInAsync(
        HttpContext context, IAntiforgery antiforgery, ApiKeyLookup keys, WrongKeyLimiter wrongKeys, TimeProvider timeProvider)
    {
        if (await ReadFormAsync(context) is not { } form)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var target = ReturnUrl.Local(form[ReturnUrl.Parameter]);
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page(context, target, "This page was open for too long. Enter the key again.", StatusCodes.Status400BadRequest);
        }

        var text = form[KeyField].ToString().Trim();
        if (text.Length is 0 or > ApiKeyLookup.MaxKeyLength)
        {
            return Page(context, target, "Enter an API key.", StatusCodes.Status400BadRequest);
        }

        var hash = ApiKeyText.Hash(text);
        var found = await keys.FindAsync(hash, context.RequestAborted);
        if (found.Caller is not { } caller)
        {
            return Reject(context, wrongKeys, target, found.Outcome);
        }

        var now = timeProvider.GetUtcNow();
        var end = now + SessionMiddleware.MaxLifetime;
        end = found.ExpiresAt is { } expiry && expiry < end ? expiry : end;
        await context.SignInAsync(
            SessionIdentity.Scheme,
            new ClaimsPrincipal(SessionIdentity.Create(caller, end, hash)),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = end, IsPersistent = true, AllowRefresh = false });
        return TypedResults.Redirect(context.Request.PathBase + target);
    }

    private static RazorComponentResult<SignInPage> Reject(
        HttpContext context, WrongKeyLimiter wrongKeys, string target, string outcome)
    {
        if (wrongKeys.Add(context.Connection.RemoteIpAddress, outcome) is { } wait)
        {
            var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = seconds;
            return Page(
                context, target, $"Too many wrong keys from this address. Try again in {seconds} seconds; a correct key still works.",
                StatusCodes.Status429TooManyRequests);
        }

        return Page(
            context, target,
            outcome switch
            {
                "expired" => "This key has expired. Ask an administrator for a new one.",
                "revoked" => "This key was revoked. Ask an administrator for a new one.",
                _ => "Unknown API key. Check that it was copied completely.",
            },
            StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        // SameSite=Strict protects the cookie; the token protects against a form of another app on the same host.
        if (await ReadFormAsync(context) is null || !await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Redirect($"{context.Request.PathBase}/");
        }

        await context.SignOutAsync(SessionIdentity.Scheme);
        return TypedResults.Redirect(context.Request.PathBase + DashboardPaths.SignIn);
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (context.Request.ContentLength is null or > MaxFormBytes || !context.Request.HasFormContentType)
        {
            return null;
        }

        return await context.Request.ReadFormAsync(context.RequestAborted);
    }

    private static RazorComponentResult<SignInPage> Page(
        HttpContext context, string? returnUrl, string? problem, int status = StatusCodes.Status200OK)
    {
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.BasePath)] = $"{context.Request.PathBase}/",
            [nameof(SignInPage.Target)] = ReturnUrl.Local(returnUrl),
            [nameof(SignInPage.Problem)] = problem,
            [nameof(SignInPage.IsTrying)] = HttpMethods.IsGet(context.Request.Method),
        })
        {
            StatusCode = status,
        };
    }
}
