using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Octokit.Webhooks;
using Octokit.Webhooks.AspNetCore;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Events;

namespace Scouthook.Benchmarks.Servers;

/// <summary>Endpoints that receive webhooks and store nothing.</summary>
internal static class EndpointServers
{
    /// <summary>Reads the body and answers 200.</summary>
    public static async Task<int> RunBareKestrelAsync()
    {
        await using var app = ServerHost.NewBuilder().Build();
        app.Run(async context =>
        {
            var body = new byte[context.Request.ContentLength ?? 0];
            await context.Request.Body.ReadExactlyAsync(body);
        });
        return await ServerHost.RunAsync(app);
    }

    /// <summary>Runs an app of the package with a handler for one event type, or for all.</summary>
    public static async Task<int> RunWithoutStoreAsync(bool handlesAll)
    {
        var builder = ServerHost.NewBuilder();
        builder.Configuration["Scouthook:Sources:default:Secrets:0"] = SignedEvents.Secret;
        var scouthook = builder.Services.AddScouthook();
        _ = handlesAll
            ? scouthook.AddHandler<HelpScoutEvent>((_, _) => Task.CompletedTask)
            : scouthook.AddHandler<ConversationCreated>((_, _) => Task.CompletedTask);
        await using var app = builder.Build();
        app.MapScouthook();
        return await ServerHost.RunAsync(app);
    }

    /// <summary>Runs an app of the package for GitHub's webhooks, with a processor that does nothing.</summary>
    public static async Task<int> RunOctokitAsync()
    {
        var builder = ServerHost.NewBuilder();
        // Its endpoint is a route, which the smallest builder does not have.
        builder.Services.AddRouting();
        builder.Services.AddSingleton<WebhookEventProcessor, SilentProcessor>();
        await using var app = builder.Build();
        app.MapGitHubWebhooks("/webhook", SignedEvents.Secret);
        return await ServerHost.RunAsync(app);
    }

    private sealed class SilentProcessor : WebhookEventProcessor;
}
