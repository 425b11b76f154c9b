using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Scouthook.Cli.Commands;
using Scouthook.Cli.Serving;
using Scouthook.Gateway.Hosting;
using Scouthook.Management.Authentication;

namespace Scouthook.TestSupport.Gateways;

/// <summary>
/// The gateway of <c>scouthook serve</c> in the process of the tests, with its real server, store and log. It starts
/// much sooner than a process, and any number of them run side by side.
/// </summary>
internal sealed class HostedGateway : RunningGateway
{
    private readonly WebApplication _app;
    private bool _isStopped;

    private HostedGateway(GatewaySetup setup)
        : base(setup) => _app = Build(setup, Lines);

    public override bool IsRunning => !_isStopped;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<HostedGateway> StartAsync(GatewaySetup setup)
    {
        var gateway = new HostedGateway(setup);
        try
        {
            await gateway._app.StartAsync(Cancelled);
            gateway.Print();
            await gateway.ReadBannerAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public override async Task<int> StopAsync()
    {
        _isStopped = true;
        await _app.StopAsync(Cancelled);
        await _app.DisposeAsync();
        Lines.End();
        return 0;
    }

    /// <summary>Waits for nothing that is in progress.</summary>
    public override async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        try
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        await _app.DisposeAsync();
        Lines.End();
    }

    private static WebApplication Build(GatewaySetup setup, PrintedLines lines)
    {
        if (setup.Environment.Count > 0 || setup.Under.Count > 0 || setup.Data.Length == 0)
        {
            throw new ArgumentException("This setup needs a process of its own.", nameof(setup));
        }

        var serve = new ServeCommand();
        var settings = serve.Read(serve.Parse([.. setup.CommandLine("scouthook").Skip(2)]));
        var server = new GatewayServer(settings with { ConfigFile = settings.ConfigFile ?? InWorkingDirectory(setup) });
        return GatewayHost.Build(builder =>
        {
            server.Configure(builder);

            // Variables would belong to all gateways of the process.
            var sources = builder.Configuration.Sources;
            sources[sources.IndexOf(sources.OfType<EnvironmentVariablesConfigurationSource>().Single())] =
                new MemoryConfigurationSource { InitialData = setup.AllSettings() };
            if (settings.Urls is not null)
            {
                // The new source has made the configuration forget what was set without one.
                builder.WebHost.UseUrls(settings.Urls);
            }

            builder.Services.RemoveAll<ILoggerProvider>();
            builder.Services.Configure<SimpleConsoleFormatterOptions>(console => console.ColorBehavior = LoggerColorBehavior.Disabled);
            builder.Services.AddSingleton<ILoggerProvider>(provider => new LineLoggerProvider(provider, lines));
        });
    }

    /// <summary>The file that the command finds by itself: the working directory of the tests is another one.</summary>
    private static string? InWorkingDirectory(GatewaySetup setup)
    {
        var file = Path.Combine(setup.Folder, ServeSettings.DefaultConfig);
        return File.Exists(file) ? file : null;
    }

    /// <summary>As the command does once the gateway is ready.</summary>
    private void Print()
    {
        using var banner = new StringWriter();
        StartupBanner.Write(banner, _app);
        foreach (var line in banner.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
        {
            Lines.Add(line);
        }

        var key = _app.Services.GetRequiredService<AdminKey>();
        if (key.Damage is { } damage)
        {
            Lines.Add(damage);
        }

        key.Publish(line =>
        {
            Lines.Add(line);
            return true;
        });
    }
}
