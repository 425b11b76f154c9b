using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary>The HTTP server of the emulator: Kestrel without configuration, logging or signal handling of its own.</summary>
/// <remarks>It runs inside other programs and tests, so it reads no settings of theirs and does not react to Ctrl-C.</remarks>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Uri? _address;

    private ApiServer(WebApplication app) => _app = app;

    public Uri Address => _address ?? throw new InvalidOperationException("The server has not started.");

    public static async Task<ApiServer> StartAsync(
        HelpScoutEmulatorOptions options, AccessTokens tokens, IdSource ids, Action<ApiServer, IEndpointRouteBuilder> map,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var server = new ApiServer(builder.Build());
        try
        {
            server.Map(options, tokens, ids, map);
            await server._app.StartAsync(cancellationToken);
            server._address = server.ReadAddress();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map(
        HelpScoutEmulatorOptions options, AccessTokens tokens, IdSource ids, Action<ApiServer, IEndpointRouteBuilder> map)
    {
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _app.Urls.Add(url);
        }

        var api = new ApiMiddleware(ids, tokens, new RateLimit(options.RequestsPerMinute, options.TimeProvider));
        _app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/v2"), branch => branch.Use(next => context => api.InvokeAsync(context, next)));
        var token = new TokenEndpoint(options.ClientId, options.ClientSecret, options.AuthorizationCode, tokens);
        _app.MapPost(ApiMiddleware.TokenPath, token.InvokeAsync);
        map(this, _app);
    }

    /// <summary>Returns the address that was bound, with a name that can be connected to.</summary>
    private Uri ReadAddress()
    {
        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var address = new UriBuilder(bound.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal));
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            address.Host = "127.0.0.1";
        }

        return address.Uri;
    }

    /// <summary>Leaves signals to the program that the emulator runs in.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
