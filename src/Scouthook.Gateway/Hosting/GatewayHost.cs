using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.AspNetCore;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Gateway.Configuration;
using Scouthook.Gateway.Connections;
using Scouthook.Gateway.Telemetry;
using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Api.Middleware;
using Scouthook.Management.Authentication;
using Scouthook.Management.Health;
using Scouthook.Management.Hosting;
using Scouthook.Registrations.Configuring;
using Scouthook.Settings;

namespace Scouthook.Gateway.Hosting;

/// <summary>Composes the gateway: receiving and storing as in any app, plus management.</summary>
internal static class GatewayHost
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Builds the gateway; nothing listens yet.</summary>
    /// <param name="configure">Adds configuration sources and logging.</param>
    /// <param name="before">Adds middleware that sees every request first.</param>
    /// <exception cref="OptionsValidationException">
    /// The configuration is not valid; the message lists every error.
    /// </exception>
    public static WebApplication Build(Action<WebApplicationBuilder> configure, Action<WebApplication>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = Directory.GetCurrentDirectory(),

            // Otherwise the framework watches the whole working directory, and cannot start where no watcher is left.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        configure(builder);

        builder.AddListeners();
        AddStore(builder);
        AddServices(builder);
        var exported = OtlpSettings.Read(builder.Configuration);
        if (exported.Any)
        {
            OtlpExport.Add(builder, exported);
        }

        var app = builder.Build();
        try
        {
            // Resolved first: errors of all parts are listed before any part of the store exists.
            var settings = app.Services.GetRequiredService<SettingsMonitor>().Current.Get<GatewaySettings>();
            app.Services.GetRequiredService<AdminKey>().Load(settings.AdminKey, DataDirectory(app));
            before?.Invoke(app);
            Map(app, settings);
            if (exported.Any)
            {
                OtlpExport.Watch(app.Services);
            }

            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>Registers the store that the configuration names; SQLite is the default of the inbox.</summary>
    private static void AddStore(WebApplicationBuilder builder)
    {
        if (string.Equals(builder.Configuration[$"{InboxSection.Inbox}:Store"], "PostgreSql", StringComparison.OrdinalIgnoreCase))
        {
            builder.Services.AddPostgreSqlStore();
        }
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScouthook().AddInbox();
        services.AddScouthookManagement();
        services.AddSettingsSection<GatewaySection>();
        services.AddHelpScoutSettings();
        services.AddSingleton<IValidateOptions<ScouthookOptions>, ReservedPaths>();
        services.AddKeyRing();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<SignatureFailures>();
        services.AddSingleton<IRejectionObserver>(provider => provider.GetRequiredService<SignatureFailures>());
        services.AddSingleton<EndpointNamesMetric>();
        services.AddSingleton(provider => new ManagementHealthCheck("disk", () => new DiskHealthCheck(
            DiskOf(provider),
            provider.GetRequiredService<Settings<GatewaySettings>>().Current.MinFreeDiskBytes)));
        services.AddHostedService(provider => new OperationalMonitor(
            provider.GetRequiredService<IInbox>(),
            provider.GetRequiredService<IEventHistory>(),
            provider.GetRequiredService<ILeadership>(),
            provider.GetRequiredService<SignatureFailures>(),
            provider.GetRequiredService<ConnectionRefusals>(),
            provider.GetRequiredService<Settings<GatewaySettings>>(),
            DiskOf(provider),
            provider.GetRequiredService<StoreClock>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OperationalMonitor>>()));
        services.AddOptions<ForwardedHeadersOptions>().Configure<Settings<GatewaySettings>>(TrustProxies);
    }

    /// <summary>Returns the directory whose disk must not fill up.</summary>
    private static string DiskOf(IServiceProvider provider) =>
        provider.GetRequiredService<IStore>().Directory ?? provider.GetRequiredService<LiveInboxSettings>().DataDirectory;

    private static void TrustProxies(ForwardedHeadersOptions options, Settings<GatewaySettings> settings)
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

        app.UseMiddleware<ProblemDetailsMiddleware>();

        // Routing runs explicitly before the rest, so that the matched endpoint is known.
        app.UseRouting();
        app.UseMiddleware<ManagementListenerMiddleware>();

        app.MapScouthook().WithMetadata(PublicEndpointMetadata.Instance);
        app.MapGet("/metrics", new RequestDelegate(app.Services.GetRequiredService<PrometheusText>().WriteAsync));
        app.MapScouthookManagement("/");

        if (settings.ManagementUrls.Count > 0)
        {
            app.Services.GetRequiredService<EndpointNamesMetric>();
        }
    }
}
