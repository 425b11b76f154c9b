using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Reconciling;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Api;
using Scouthook.Management.Api.Describing;
using Scouthook.Management.Authentication;
using Scouthook.Management.Health;
using Scouthook.Management.Services;
using Scouthook.Management.Services.Views;
using Scouthook.Management.Watching;
using Scouthook.Settings;

namespace Scouthook.Management.Hosting;

/// <summary>The services of the management pipeline: its own, and those shared with the host.</summary>
/// <remarks>
/// The provider is never disposed: it would dispose the shared services, and it owns nothing else that requires it.
/// </remarks>
internal static class ManagementServices
{
    /// <summary>Resolved from the host: one instance serves both.</summary>
    private static readonly Type[] Shared =
    [
        typeof(EventService), typeof(EndpointService), typeof(DeliveryService), typeof(ReplayService), typeof(OverviewService),
        typeof(ChangeService), typeof(KeyService), typeof(AuditService), typeof(SourceSecretService), typeof(AdminKey),
        typeof(WrongKeyLimiter), typeof(ApiKeyLookup), typeof(LiveInboxSettings), typeof(IKeyRing), typeof(IAccessStore), typeof(IStore),
        typeof(IIdEndings), typeof(KeyRingCheck), typeof(DeclarationDisputes),
        typeof(SettingsMonitor), typeof(LiveSettings), typeof(LiveSecrets), typeof(RegistrationStatuses), typeof(TimeProvider),
        typeof(IConfiguration), typeof(IHostEnvironment), typeof(IWebHostEnvironment), typeof(IHostApplicationLifetime),
        typeof(System.Diagnostics.DiagnosticListener), typeof(System.Diagnostics.DiagnosticSource),
        typeof(System.Diagnostics.Metrics.IMeterFactory),
    ];

    /// <param name="host">The services of the host.</param>
    /// <param name="path">The path that management is mapped to.</param>
    /// <exception cref="InvalidOperationException">A policy that the options name does not exist.</exception>
    public static ServiceProvider Create(IServiceProvider host, string path)
    {
        var services = new ServiceCollection();
        foreach (var type in Shared)
        {
            services.AddSingleton(type, _ => host.GetRequiredService(type));
        }

        services.AddLogging();
        services.AddSingleton(_ => host.GetRequiredService<ILoggerFactory>());
        services.AddRouting();
        services.AddSingleton(CreateAuthenticator(host, path));
        services.AddSingleton(new StreamLimiter(() => host.GetRequiredService<SettingsMonitor>().Current.Get<ScouthookManagementOptions>()));
        services.AddApiDocument();
        services.AddManagementHealthChecks(host.GetServices<ManagementHealthCheck>());
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ManagementJsonContext.Default);
            json.SerializerOptions.Converters.Add(new InstantJsonConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return services.BuildServiceProvider();
    }

    private static ICallerAuthenticator CreateAuthenticator(IServiceProvider host, string path)
    {
        var options = host.GetRequiredService<SettingsMonitor>().Current.Get<ScouthookManagementOptions>();
        if (options is not { ViewerPolicy: null, OperatorPolicy: null, AdminPolicy: null })
        {
            return new PolicyAuthenticator(host, options);
        }

        var adminKey = host.GetRequiredService<AdminKey>();
        adminKey.Use(options.AdminKey);
        if (!adminKey.Exists)
        {
            ManagementLog.NoFirstKey(host.GetRequiredService<ILogger<ManagementPipeline>>(), path.Length > 0 ? path : "/");
        }

        return ActivatorUtilities.CreateInstance<ApiKeyAuthenticator>(host);
    }
}
