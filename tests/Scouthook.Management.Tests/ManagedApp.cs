using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Testing;

namespace Scouthook.Management.Tests;

/// <summary>A third-party app that receives into an inbox and maps the management API below its own path.</summary>
internal sealed class ManagedApp : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-for-tests";
    public const string Secret = "a-secret-for-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("scouthook-").FullName;
    private readonly WebApplication _app;

    private ManagedApp(Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Scouthook:Sources:default:Secrets:0", Secret),
            new("Scouthook:Inbox:DataDirectory", _folder),
            new("Scouthook:Delivery:RetrySchedule:0", "1h"),
        ]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        configure(builder);
        _app = builder.Build();
        try
        {
            map(_app);
        }
        catch
        {
            ((IDisposable)_app).Dispose();
            Directory.Delete(_folder, recursive: true);
            throw;
        }
    }

    public HttpClient Client { get; private set; } = null!;

    public static async Task<ManagedApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        Action<ScouthookManagementOptions>? options = null)
    {
        var app = new ManagedApp(
            builder =>
            {
                builder.Services.AddScouthook().AddInbox();
                builder.Services.AddScouthookManagement(options ?? (management => management.AdminKey = AdminKey));
                configure?.Invoke(builder);
            },
            map ?? (application =>
            {
                application.MapScouthook();
                application.MapScouthookManagement("/scouthook");
            }));
        try
        {
            await app._app.StartAsync(TestContext.Current.CancellationToken);
            var address = app._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            app.Client = new HttpClient { BaseAddress = new Uri(address) };
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? key = AdminKey, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> GetAsync(string path, string? key = AdminKey)
    {
        using var response = await SendAsync(HttpMethod.Get, path, key);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Posts a signed event, and waits until it is acknowledged.</summary>
    public async Task ReceiveAsync(string eventType)
    {
        using var response = await Client.SendHelpScoutEventAsync(
            "/webhook", SampleEvents.Get(eventType), Secret, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
