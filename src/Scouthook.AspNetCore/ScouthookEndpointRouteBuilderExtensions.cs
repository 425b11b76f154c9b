using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Mapping;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Handling;
using Scouthook.Settings;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the paths that Help Scout posts to.</summary>
public static class ScouthookEndpointRouteBuilderExtensions
{
    /// <summary>Maps the path of every configured source; the default is <c>/webhook</c>.</summary>
    /// <param name="endpoints">The app.</param>
    /// <returns>A builder to attach hosts, rate limits and the like to, as for any endpoint.</returns>
    /// <exception cref="InvalidOperationException">The services are missing: call <c>AddScouthook</c> first.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The configuration is not valid; the message lists every error with its key.
    /// </exception>
    /// <remarks>
    /// Sources that a reload of the configuration adds or moves are mapped too, with the same conventions. The signature is
    /// the authentication, so the endpoints allow anonymous callers and need no antiforgery token.
    /// </remarks>
    public static IEndpointConventionBuilder MapScouthook(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        var services = endpoints.ServiceProvider;
        var settings = services.GetService<LiveSettings>() ?? throw new InvalidOperationException(
            "MapScouthook needs services that are not registered: call builder.Services.AddScouthook() first.");
        var dispatcher = new SourceDispatcher(
            settings,
            services.GetRequiredService<SourceAddressLog>(),
            source => Create(source, settings, services));
        var dataSource = new SourceEndpointDataSource(settings, services, dispatcher.At);
        endpoints.DataSources.Add(dataSource);
        return new SourceConventionBuilder(dataSource).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>Maps the path of every configured source, and sets the path of the default source.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">
    /// The path of the source named <c>default</c>, such as <c>/hooks/helpscout</c>. It takes precedence over
    /// <c>Scouthook:Sources:default:Path</c>. Other sources keep their own paths.
    /// </param>
    /// <returns>A builder to attach hosts, rate limits and the like to, as for any endpoint.</returns>
    /// <exception cref="ArgumentException">The pattern is empty or whitespace.</exception>
    /// <exception cref="InvalidOperationException">
    /// The services are missing: call <c>AddScouthook</c> first. Or another path was set before.
    /// </exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The configuration is not valid; the message lists every error with its key.
    /// </exception>
    /// <inheritdoc cref="MapScouthook(IEndpointRouteBuilder)" path="/remarks"/>
    public static IEndpointConventionBuilder MapScouthook(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);

        if (endpoints.ServiceProvider.GetService<DefaultSourcePath>() is { } path
            && path.Set(pattern[0] == '/' ? pattern : '/' + pattern))
        {
            endpoints.ServiceProvider.GetRequiredService<SettingsMonitor>().ReadAtStart();
        }

        return endpoints.MapScouthook();
    }

    private static ReceivingEndpoint Create(string source, LiveSettings settings, IServiceProvider services) => new(
        source,
        settings,
        services.GetRequiredService<LiveSecrets>(),
        services.GetRequiredService<IWebhookReceiver>(),
        services.GetRequiredService<RequestBodyReader>(),
        services.GetRequiredService<ReceiveMetrics>(),
        services.GetRequiredService<RefusalLog>(),
        [.. services.GetServices<IRejectionObserver>()],
        [.. services.GetServices<IReceiveObserver>()],
        services.GetRequiredService<TimeProvider>());
}
