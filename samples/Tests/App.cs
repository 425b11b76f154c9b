using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedHandlers.Tests;

/// <summary>The app with a secret of its own and a chat that the tests can inspect.</summary>
/// <remarks>Where tests reference only one app, <c>WebApplicationFactory&lt;Program&gt;</c> does; here a class names which one.</remarks>
public sealed class App : WebApplicationFactory<NewConversationAlert>
{
    public const string Secret = "a-secret-for-tests";

    public RecordingTeamChat Chat { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Scouthook:Sources:default:Secrets:0", Secret);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<ITeamChat>(Chat));
    }
}
