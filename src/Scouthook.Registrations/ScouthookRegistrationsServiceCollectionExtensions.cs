using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Scouthook;
using Scouthook.Events;
using Scouthook.Registrations;
using Scouthook.Registrations.Connecting;
using Scouthook.Registrations.Model;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client for webhook registrations in Help Scout.</summary>
public static class ScouthookRegistrationsServiceCollectionExtensions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The largest response that is read; a page of registrations has some kilobytes.</summary>
    private const int MostResponseBytes = 8 * 1024 * 1024;

    /// <summary>Registers <see cref="HelpScoutClientFactory"/>, for any number of accounts.</summary>
    /// <param name="services">The services of the app.</param>
    /// <returns>A builder of the HTTP client that calls go through. Calling this twice is harmless.</returns>
    public static IHttpClientBuilder AddHelpScoutRegistrations(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        ReleaseCheck.Require(typeof(HelpScoutEventCatalog).Assembly);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HelpScoutClientFactory>();
        return services.AddHttpClient(HelpScoutClientFactory.HttpClientName)
            .ConfigureHttpClient(client =>
            {
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MostResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                Proxy = new OutboundProxy(),
            })

            // The logs of the framework would contain every call at the level Information.
            .RemoveAllLoggers();
    }

    /// <summary>Registers <see cref="HelpScoutClient"/> for one account, and <see cref="HelpScoutClientFactory"/>.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Sets the credentials.</param>
    /// <returns>A builder of the HTTP client that calls go through.</returns>
    public static IHttpClientBuilder AddHelpScoutRegistrations(
        this IServiceCollection services, Action<HelpScoutClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptions<HelpScoutClientOptions>()
            .Configure(configure)
            .Validate(options => options.Api is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Api must be an http or https URL.")
            .Validate(options => !string.IsNullOrWhiteSpace(options.ClientId), "ClientId is not set. Copy it from Your Profile > My Apps in Help Scout.")
            .Validate(options => !string.IsNullOrWhiteSpace(options.ClientSecret), "ClientSecret is not set. Copy it from Your Profile > My Apps in Help Scout.");
        services.TryAddSingleton(CreateClient);
        return services.AddHelpScoutRegistrations();
    }

    private static HelpScoutClient CreateClient(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<HelpScoutClientOptions>>().Value;
        return provider.GetRequiredService<HelpScoutClientFactory>().GetClient(new HelpScoutCredentials
        {
            Api = options.Api,
            ClientId = options.ClientId!,
            ClientSecret = options.ClientSecret!,
        });
    }
}
