using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.AspNetCore;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Gateway.Api;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Api.Disclosing;
using Scouthook.Gateway.Api.Requests;
using Scouthook.Gateway.Configuring;
using Scouthook.Gateway.Connections;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Storage;
using Scouthook.Settings;

namespace Scouthook.Gateway.Operating;

/// <summary>Puts the gateway together: receiving and storing as any app would, and management beside it.</summary>
internal static class GatewayHost
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Builds the gateway; nothing listens yet.</summary>
    /// <param name="configure">Adds configuration sources and logging.</param>
    /// <param name="before">Adds middleware that sees every request first.</param>
    /// <exception cref="OptionsValidationException">The configuration has mistakes; all of them are listed.</exception>
    public static WebApplication Build(Action<WebApplicationBuilder> configure, Action<WebApplication>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = Directory.GetCurrentDirectory(),

            // Else the framework watches the whole working directory, and cannot start where no watcher is left.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        configure(builder);

        builder.AddListeners();
        AddServices(builder);
        var app = builder.Build();
        try
        {
            // The first thing that is asked for: mistakes of all parts are listed before anything of the store exists.
            var settings = app.Services.GetRequiredService<SettingsMonitor>().Current.Get<GatewaySettings>();
            app.Services.GetRequiredService<AdminKey>().Load(settings, DataDirectory(app));
            before?.Invoke(app);
            Map(app, settings);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScouthook().AddInbox();
        services.AddSettingsSection<GatewaySection>();
        services.AddSingleton<IValidateOptions<ScouthookOptions>, ReservedPaths>();
        services.AddTransient(provider => provider.GetRequiredService<SettingsMonitor>().Current.Get<ManagementSettings>());
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJsonContext.Default);
            json.SerializerOptions.Converters.Add(new InstantJsonConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<SignatureFailures>();
        services.AddSingleton<FollowerTurns>();
        services.AddSingleton<WrongKeys>();
        services.AddSingleton<EndpointNamesMetric>();
        services.AddSingleton<AllowedMethods>();
        services.TryAddSingleton<Func<ManagementSettings>>(provider => provider.GetRequiredService<ManagementSettings>);
        services.AddSingleton<StreamSlots>();
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var management = provider.GetRequiredService<Func<ManagementSettings>>();
            return new LookupGate(() => management().MaxLookups, provider.GetRequiredService<TimeProvider>());
        }));
        services.AddSingleton<Audit>();
        services.AddSingleton<EventDesk>();
        services.AddSingleton<EndpointDesk>();
        services.AddSingleton<DeliveryDesk>();
        services.AddSingleton<ReplayDesk>();
        services.AddSingleton<OverviewDesk>();
        services.AddSingleton<ChangeDesk>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<AuditDesk>();
        services.AddApiDocument();
        services.AddHostedService(provider => new OperationalWatch(
            provider.GetRequiredService<IInbox>(),
            provider.GetRequiredService<IEventHistory>(),
            provider.GetRequiredService<SignatureFailures>(),
            provider.GetRequiredService<ConnectionRefusals>(),
            provider.GetRequiredService<Settings<GatewaySettings>>(),
            provider.GetRequiredService<LiveInboxSettings>().DataDirectory,
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OperationalWatch>>()));
        services.AddSingleton<AdminKey>();
        services.AddKeyRing();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddSingleton<ReadinessReport>();
        services.AddHealthChecks()
            .AddScouthook()
            .AddCheck<StoreHealthCheck>("store")
            .AddCheck<SettingsHealthCheck>("settings")
            .AddCheck<KeysHealthCheck>("keys")
            .Add(new HealthCheckRegistration(
                "disk",
                provider => new DiskHealthCheck(
                    provider.GetRequiredService<LiveInboxSettings>().DataDirectory,
                    provider.GetRequiredService<Settings<GatewaySettings>>().Current.MinFreeDiskBytes),
                HealthStatus.Unhealthy,
                null));
        services.AddOptions<ForwardedHeadersOptions>().Configure<Settings<GatewaySettings>>((options, settings) =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Current.TrustedProxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    options.KnownProxies.Add(address);
                }
                else if (System.Net.IPNetwork.TryParse(proxy, out var network))
                {
                    options.KnownIPNetworks.Add(network);
                }
            }
        });
    }

    private static string DataDirectory(WebApplication app) =>
        app.Services.GetRequiredService<LiveInboxSettings>().DataDirectory;

    private static void Map(WebApplication app, GatewaySettings settings)
    {
        app.UseMiddleware<ConnectionTracking>();
        if (settings.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<ProblemAnswers>();

        // Routing runs before the rest by itself, so that it knows which endpoint was found.
        app.UseRouting();
        app.UseMiddleware<ManagementGate>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(static (context, next) =>
        {
            if (context.User.Identity is { IsAuthenticated: true })
            {
                context.Features.Get<IVerifiedRequestFeature>()?.Verified();
            }

            return next(context);
        });
        app.UseMiddleware<ApiRequestChecks>();

        app.MapScouthook().WithMetadata(OpenToTheWorld.Instance);
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false })
            .WithMetadata(OpenToTheWorld.Instance);
        app.Map("/readyz", new RequestDelegate(app.Services.GetRequiredService<ReadinessReport>().WriteAsync))
            .ExcludeFromDescription()
            .WithMetadata(OpenToTheWorld.Instance);
        app.MapGet("/metrics", new RequestDelegate(app.Services.GetRequiredService<PrometheusText>().WriteAsync));
        app.MapApiDocument();

        // Who asks is known here; what they may is up to the services behind the routes.
        var api = app.MapGroup("/api/v1")
            .RequireAuthorization()
            .AddEndpointFilter<ViewerFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapEvents();
        api.MapEndpoints();
        api.MapDeliveries();
        api.MapReplays();
        api.MapSources();
        api.MapStream();
        api.MapStatistics();
        api.MapEventTypes();
        api.MapKeys();
        api.MapAudit();
        api.MapHealth();
        app.MapContract();
        api.Map("/{**rest}", RefuseUnknown).ExcludeFromDescription();

        if (settings.ManagementUrls.Count > 0)
        {
            app.Services.GetRequiredService<EndpointNamesMetric>();
        }
    }

    /// <summary>Answers what no route of the API takes: the path is unknown, or only its method.</summary>
    private static ProblemHttpResult RefuseUnknown(HttpRequest request, AllowedMethods methods)
    {
        if (methods.Of(request.Path) is not { Count: > 0 } allowed)
        {
            return ApiProblem.NoRoute(request);
        }

        request.HttpContext.Response.Headers.Allow = string.Join(", ", allowed);
        return ApiProblem.WrongMethod(request, allowed);
    }
}
