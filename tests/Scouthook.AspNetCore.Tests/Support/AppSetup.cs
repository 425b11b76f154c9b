using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>How the app of a test differs from the simplest one.</summary>
internal sealed class AppSetup
{
    /// <summary>The configuration: one secret by default.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { [Some.SecretKey] = Some.Secret };

    public LogCapture Logs { get; set; } = new();

    public TimeProvider? Time { get; set; }

    public string? ContentRoot { get; set; }

    /// <summary>True if every event is added to <see cref="TestApp.Seen"/>.</summary>
    public bool Record { get; set; } = true;

    public Action<KestrelServerOptions> Kestrel { get; set; } = _ => { };

    public Action<WebApplicationBuilder> Builder { get; set; } = _ => { };

    public Action<IScouthookBuilder> Scouthook { get; set; } = _ => { };

    public Action<WebApplication> Pipeline { get; set; } = _ => { };

    public Action<WebApplication> Map { get; set; } = app => app.MapScouthook();

    public AppSetup With(string key, string? value)
    {
        Settings[key] = value;
        return this;
    }

    public AppSetup WithBuilder(Action<WebApplicationBuilder> builder)
    {
        Builder = builder;
        return this;
    }

    public AppSetup WithoutSecret()
    {
        Settings.Remove(Some.SecretKey);
        return this;
    }
}
