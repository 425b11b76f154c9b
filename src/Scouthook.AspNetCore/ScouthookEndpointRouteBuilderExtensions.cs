using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Handling;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the paths that Help Scout posts to.</summary>
public static class ScouthookEndpointRouteBuilderExtensions
{
    /// <summary>Maps the path of every configured source; unless configured otherwise, that is <c>/webhook</c>.</summary>
    /// <param name="endpoints">The app.</param>
    /// <returns>A builder to attach hosts, rate limits and the like to, as for any endpoint.</returns>
    /// <exception cref="InvalidOperationException">The services are missing: call <c>AddScouthook</c> first.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The configuration is not valid; the message lists every mistake with its key.
    /// </exception>
    /// <remarks>
    /// The signature is the authentication, so the endpoints allow anonymous callers and need no antiforgery token.
    /// </remarks>
    public static IEndpointConventionBuilder MapScouthook(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        var services = endpoints.ServiceProvider;
        var settings = services.GetService<LiveSettings>() ?? throw new InvalidOperationException(
            "MapScouthook needs services that are not registered: call builder.Services.AddScouthook() first.");
        var group = endpoints.MapGroup("");
        foreach (var source in settings.Current.Sources.Values)
        {
            var endpoint = new ReceivingEndpoint(
                source.Name,
                settings,
                services.GetRequiredService<IWebhookReceiver>(),
                services.GetRequiredService<ReceiveMetrics>(),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<ReceivingEndpoint>>());

            // Every method is mapped, so that the answer to any other than POST is ours and not that of a fallback.
            group.Map(source.Path, new RequestDelegate(endpoint.HandleAsync))
                .WithDisplayName($"Scouthook receives for source {source.Name}");
        }

        return group.AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }
}
