using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>A real app on Kestrel, on a free loopback port.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private TestApp(WebApplication app, LogCapture logs, ConcurrentQueue<HelpScoutEvent> seen)
    {
        _app = app;
        Logs = logs;
        SeenQueue = seen;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Port = new Uri(address.Single()).Port;
    }

    public int Port { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The events that handlers received, in order.</summary>
    public IReadOnlyList<HelpScoutEvent> Seen => [.. SeenQueue];

    private ConcurrentQueue<HelpScoutEvent> SeenQueue { get; }

    public static Task<TestApp> StartAsync(Action<AppSetup>? arrange = null)
    {
        var setup = new AppSetup();
        arrange?.Invoke(setup);
        return StartAsync(setup);
    }

    public static async Task<TestApp> StartAsync(AppSetup setup)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            EnvironmentName = Environments.Production,
            ContentRootPath = setup.ContentRoot ?? AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders().AddProvider(setup.Logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            setup.Kestrel(options);
        });
        builder.Configuration.AddInMemoryCollection(setup.Settings);
        if (setup.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        var seen = new ConcurrentQueue<HelpScoutEvent>();
        var scouthook = builder.Services.AddScouthook();
        if (setup.Record)
        {
            scouthook.AddHandler<HelpScoutEvent>((helpScoutEvent, _) =>
            {
                seen.Enqueue(helpScoutEvent);
                return Task.CompletedTask;
            });
        }

        builder.Services.AddHealthChecks().AddScouthook();
        setup.Scouthook(scouthook);
        setup.Builder(builder);
        var app = builder.Build();
        try
        {
            setup.Pipeline(app);
            setup.Map(app);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new TestApp(app, setup.Logs, seen);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Port);

    /// <summary>Sends one request on a new connection.</summary>
    public async Task<RawAnswer> SendAsync(RawRequest request)
    {
        using var client = await ConnectAsync();
        return await client.ExchangeAsync(request) ?? throw new IOException("The connection ended without an answer.");
    }

    public async Task<int> StatusAsync(RawRequest request) => (await SendAsync(request)).Status;

    /// <summary>Asserts that the app still receives events.</summary>
    public async Task AssertStillReceivesAsync()
    {
        var answer = await SendAsync(Some.Request());

        Assert.Equal(200, answer.Status);
    }

    public async Task<HealthReportEntry> HealthAsync()
    {
        var report = await Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["scouthook"];
    }

    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            await _app.StopAsync(TestContext.Current.CancellationToken);
            await _app.DisposeAsync();
        }
    }
}
