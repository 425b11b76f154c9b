using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>An app that mounts the dashboard and prepares nothing for it, built once. It runs below a base, if it is given one.</summary>
public sealed class PlainApp : IDisposable
{
    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddScouthook().AddInbox();
        builder.Services.AddScouthookManagement();
        var app = builder.Build();
        if (app.Configuration["PathBase"] is { Length: > 0 } pathBase)
        {
            app.UsePathBase(pathBase);
            app.UseRouting();
        }

        app.MapScouthook();
        app.MapScouthookManagement("/scouthook");
        app.Run();
        """;

    private readonly Folder _folder = new();
    private readonly PackageFeed _feed;
    private readonly Lazy<Task<string>> _built;

    public PlainApp(PackageFeed feed)
    {
        _feed = feed;
        _built = new Lazy<Task<string>>(BuildAsync);
    }

    /// <summary>The assembly of the app.</summary>
    internal Task<string> Built => _built.Value;

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes an app that references the packages with the dashboard.</summary>
    internal static async Task WriteAsync(PackageFeed feed, Folder folder, string program)
    {
        await feed.WriteSettingsAsync(folder["nuget.config"]);
        await File.WriteAllTextAsync(folder["Host.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Scouthook.AspNetCore" Version="{feed.Version}" />
                <PackageReference Include="Scouthook.Inbox" Version="{feed.Version}" />
                <PackageReference Include="Scouthook.Management" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["Program.cs"], program, TestContext.Current.CancellationToken);
    }

    private async Task<string> BuildAsync()
    {
        await WriteAsync(_feed, _folder, Program);
        await Command.DotNetAsync(_folder.Path, "build", "--output", _folder["out"], "-nodeReuse:false");
        return _folder["out/Host.dll"];
    }
}
