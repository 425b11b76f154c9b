using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the management of an app that receives with a durable inbox.</summary>
public static class ScouthookManagementEndpointRouteBuilderExtensions
{
    /// <summary>Maps the management API, its reference, the contract and the health addresses below a path.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path, such as <c>/scouthook</c>. No other path is mapped.</param>
    /// <returns>A builder to attach hosts, rate limits and the like to, as for any endpoint.</returns>
    /// <exception cref="InvalidOperationException">
    /// Services are missing: call <c>AddScouthookManagement</c>, and <c>AddScouthook().AddInbox()</c>, first. Or an authorization
    /// policy named in the options does not exist.
    /// </exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The configuration is not valid; the message lists every error with its key.
    /// </exception>
    /// <remarks>
    /// Callers need an API key, or must satisfy one of the app's own authorization policies; see
    /// <c>ScouthookManagementOptions</c>. Other authorization of the app does not apply to these paths.
    /// </remarks>
    public static IEndpointConventionBuilder MapScouthookManagement(this IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        if (pattern.Contains('{', StringComparison.Ordinal))
        {
            throw new ArgumentException("The path of the management API must not have parameters.", nameof(pattern));
        }

        if (endpoints.ServiceProvider.GetService<AdminKey>() is null)
        {
            throw new InvalidOperationException(
                "MapScouthookManagement needs services that are not registered: call builder.Services.AddScouthookManagement() first.");
        }

        if (endpoints.ServiceProvider.GetService<IEventHistory>() is null)
        {
            throw new InvalidOperationException(
                "MapScouthookManagement needs an inbox to manage: call builder.Services.AddScouthook().AddInbox() first.");
        }

        return ManagementPipeline.Map(endpoints, '/' + pattern.Trim('/') is { Length: > 1 } path ? path : "");
    }
}
