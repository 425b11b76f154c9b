using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Authentication;

/// <summary>Authenticates callers by the app's own authorization policies, one per role.</summary>
/// <remarks>
/// The policies, and the schemes that they name, are those of the app: they are evaluated with the services of its request.
/// A caller has the highest role whose policy succeeds.
/// </remarks>
internal sealed class PolicyAuthenticator : ICallerAuthenticator
{
    private readonly IServiceProvider _app;
    private readonly Task<List<(ApiRole Role, AuthorizationPolicy Policy)>> _policies;

    /// <param name="app">The services of the app.</param>
    /// <param name="options">Names the policies.</param>
    /// <exception cref="InvalidOperationException">The app has no authorization, or no policy of one of the names.</exception>
    public PolicyAuthenticator(IServiceProvider app, ScouthookManagementOptions options)
    {
        _app = app;
        var policies = app.GetService<IAuthorizationPolicyProvider>() ?? throw new InvalidOperationException(
            "MapScouthookManagement uses authorization policies, and the app has none: call builder.Services.AddAuthorization(...) first.");
        _policies = FindAsync(policies, options);
        if (_policies.Exception is { InnerException: InvalidOperationException missing })
        {
            // Known at once with the framework's providers; others may respond later, and then the first request fails.
            throw missing;
        }
    }

    public async ValueTask<Caller?> AuthenticateAsync(HttpContext context)
    {
        var services = context.RequestServices;
        await using var scope = _app.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            return await EvaluateAsync(context, scope.ServiceProvider.GetRequiredService<IPolicyEvaluator>());
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>Evaluates the policies again for a user authenticated before, without a request.</summary>
    /// <returns><see langword="null"/> if no policy succeeds any more.</returns>
    public async ValueTask<Caller?> EvaluateAsync(ClaimsPrincipal user)
    {
        await using var scope = _app.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        foreach (var (role, policy) in await _policies)
        {
            if ((await authorization.AuthorizeAsync(user, null, policy)).Succeeded)
            {
                return new Caller(NameOf(user), role);
            }
        }

        return null;
    }

    private async Task<Caller?> EvaluateAsync(HttpContext context, IPolicyEvaluator evaluator)
    {
        var isForbidden = false;
        var policies = await _policies;
        foreach (var (role, policy) in policies)
        {
            var authenticated = await evaluator.AuthenticateAsync(policy, context);
            var result = await evaluator.AuthorizeAsync(policy, authenticated, context, resource: null);
            if (result.Succeeded)
            {
                context.User = authenticated.Principal ?? context.User;
                return new Caller(NameOf(authenticated.Principal ?? context.User), role);
            }

            isForbidden |= result.Forbidden;
        }

        // The lowest role has the fewest requirements, so its schemes know how a user signs in.
        var schemes = policies[^1].Policy.AuthenticationSchemes;
        foreach (var scheme in schemes.Count > 0 ? schemes : [null!])
        {
            await (isForbidden ? context.ForbidAsync(scheme) : context.ChallengeAsync(scheme));
        }

        return null;
    }

    private static string NameOf(ClaimsPrincipal user) =>
        user.Identity?.Name ?? user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? "";

    /// <returns>The policies, the one of the highest role first.</returns>
    private static async Task<List<(ApiRole Role, AuthorizationPolicy Policy)>> FindAsync(
        IAuthorizationPolicyProvider policies, ScouthookManagementOptions options)
    {
        var found = new List<(ApiRole Role, AuthorizationPolicy Policy)>();
        foreach (var (role, name) in new[]
        {
            (ApiRole.Admin, options.AdminPolicy), (ApiRole.Operator, options.OperatorPolicy), (ApiRole.Viewer, options.ViewerPolicy),
        })
        {
            if (name is not null)
            {
                found.Add((role, await policies.GetPolicyAsync(name) ?? throw new InvalidOperationException(
                    $"The policy {name} of the role {RoleNames.From(role)} does not exist: add it with AddAuthorization, or correct "
                    + "the name in AddScouthookManagement.")));
            }
        }

        return found;
    }
}
