using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor;
using MudBlazor.Services;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Sessions;
using Scouthook.Management.Services;

namespace Scouthook.Management.Dashboard.Hosting;

/// <summary>The services of the dashboard: its own, and those shared with management and the host.</summary>
/// <remarks>
/// A container of its own, created at the first request: a host registers neither Razor components nor antiforgery, and
/// pays nothing for a dashboard that nobody opens. It is never disposed: it would dispose the shared services.
/// </remarks>
internal static class DashboardServices
{
    private const string Cookie = "scouthook-session";
    private const string AntiforgeryCookie = "scouthook-form";
    private const int MaxMessageBytes = 256 * 1024;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DisconnectedLifetime = TimeSpan.FromMinutes(3);
    private const int MaxDisconnected = 20;

    private static readonly Type[] Shared =
    [
        typeof(EventService), typeof(EndpointService), typeof(DeliveryService), typeof(ReplayService), typeof(OverviewService),
        typeof(SourceSecretService),
        typeof(ChangeService), typeof(KeyService), typeof(AuditService), typeof(WrongKeyLimiter), typeof(ApiKeyLookup),
        typeof(LiveSettings), typeof(TimeProvider), typeof(IConfiguration), typeof(IHostEnvironment), typeof(IWebHostEnvironment),
        typeof(IHostApplicationLifetime), typeof(HealthCheckService), typeof(ILoggerFactory),
        typeof(System.Diagnostics.DiagnosticListener), typeof(System.Diagnostics.DiagnosticSource),
        typeof(System.Diagnostics.Metrics.IMeterFactory),
    ];

    /// <param name="management">The services of management.</param>
    /// <param name="app">Authenticates users of the app; <see langword="null"/> if callers sign in with an API key.</param>
    public static ServiceProvider Create(IServiceProvider management, PolicyAuthenticator? app)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRouting();
        services.AddDataProtection().SetApplicationName(SecretProtector.ApplicationName);
        AddKeyRing(services, management.GetRequiredService<IKeyRing>());
        AddSessions(services, app);
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DisconnectedCircuitRetentionPeriod = DisconnectedLifetime;
            options.DisconnectedCircuitMaxRetained = MaxDisconnected;
        }).AddHubOptions(options =>
        {
            options.MaximumReceiveMessageSize = MaxMessageBytes;
            options.KeepAliveInterval = KeepAlive;
        });
        // At the top, messages would cover the buttons of a page.
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddSingleton<DashboardAssets>();

        // Last: these win over what the calls above have added.
        foreach (var type in Shared)
        {
            services.AddSingleton(type, _ => management.GetRequiredService(type));
        }

        return services.BuildServiceProvider();
    }

    private static void AddSessions(IServiceCollection services, PolicyAuthenticator? app)
    {
        if (app is null)
        {
            services.AddSingleton<ISessionCheck, KeySessionCheck>();
        }
        else
        {
            services.AddSingleton(app);
            services.AddSingleton<ISessionCheck, PolicySessionCheck>();
        }

        services.AddScoped<DashboardSession>();
        services.AddAuthentication(SessionIdentity.Scheme).AddCookie(SessionIdentity.Scheme, options =>
        {
            // Without a path, the cookie gets that of the dashboard.
            options.Cookie.Name = Cookie;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = SessionMiddleware.MaxLifetime;
            options.SlidingExpiration = false;
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = AntiforgeryCookie;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // One policy for every response, added by the middleware.
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Uses the key ring of the store, which all nodes share, so that cookies survive a restart.</summary>
    private static void AddKeyRing(IServiceCollection services, IKeyRing keyRing) =>
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keyRing);
}
