using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Gateway.Connections;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Hosting;

/// <summary>Shows in the terminal that the gateway is ready, with its addresses and paths.</summary>
internal static class StartupBanner
{
    public static void Write(TextWriter screen, WebApplication app)
    {
        var (open, management) = Addresses(app);

        screen.WriteLine("Scouthook is ready.");
        foreach (var source in app.Services.GetRequiredService<LiveSettings>().Current.Sources.Values)
        {
            screen.WriteLine($"  source {source.Name} receives at {string.Join(", ", open.Select(address => address + source.Path))}");
        }

        screen.WriteLine($"  dashboard at {string.Join(", ", management.Select(address => address + "/"))}");
        screen.WriteLine($"  management API at {string.Join(", ", management.Select(address => address + "/api/v1/events"))}");
        screen.WriteLine($"  API reference at {string.Join(", ", management.Select(address => address + "/openapi/"))}");
        screen.WriteLine($"  store at {app.Services.GetRequiredService<IStore>().Location}");
        screen.Flush();
    }

    /// <summary>Returns the addresses that receive, and those that serve the management API and the dashboard.</summary>
    public static (IReadOnlyList<string> Open, IReadOnlyList<string> Management) Addresses(WebApplication app) =>
        app.Services.GetRequiredService<ManagementListeners>().Split(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
}
