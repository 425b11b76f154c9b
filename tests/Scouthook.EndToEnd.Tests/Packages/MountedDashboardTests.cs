using Microsoft.Playwright;
using Scouthook.Dashboard.Tests.Support;
using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The dashboard of the package in apps outside the repository, opened in a browser.</summary>
[Collection<PackageFeedCollection>]
public sealed class MountedDashboardTests(PackageFeed feed)
{
    private const string Secret = "the secret of a consumer";
    private const string Key = "a-key-for-the-dashboard";

    private const string Bare = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddScouthook().AddInbox();
        builder.Services.AddScouthookManagement();
        var app = builder.Build();
        app.MapScouthook();
        app.MapScouthookManagement("/scouthook");
        app.Run();
        """;

    private const string BelowABase = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddScouthook().AddInbox();
        builder.Services.AddScouthookManagement();
        var app = builder.Build();
        app.UsePathBase("/tools");
        app.UseRouting();
        app.MapScouthook();
        app.MapScouthookManagement("/scouthook");
        app.Run();
        """;

    [Theory]
    [InlineData(Bare, "scouthook/")]
    [InlineData(BelowABase, "tools/scouthook/")]
    public async Task Dashboard_of_the_package_works_in_an_app_that_prepares_nothing_for_it(string program, string path)
    {
        using var folder = new Folder();
        await BuildAsync(folder, program);
        var empty = folder.Create("empty");
        await using var app = await RunningApp.StartAsync(
            "dotnet", [folder["out/Host.dll"], $"--Scouthook:Management:AdminKey={Key}", $"--Scouthook:Inbox:DataDirectory={folder["data"]}"],
            empty, Secret);
        await using var chromium = await Chromium.StartAsync();
        await using var page = await chromium.OpenAsync(new Uri(app.Client.BaseAddress!, path));

        await page.SubmitKeyAsync("a-key-that-nobody-has");
        await OpenPage.SeesAsync(page.Page.GetByRole(AriaRole.Alert));
        var complaints = page.Complaints.Count;
        await page.SignInAsync(Key);
        foreach (var (title, heading) in new[] { ("Events", "Events"), ("Endpoints", "Endpoints"), ("Contract", "Contract"), ("Keys", "API keys") })
        {
            await page.Page.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).First.ClickAsync();
            await page.SeesHeadingAsync(heading);
        }

        Assert.Equal(complaints, page.Complaints.Count);
        Assert.StartsWith($"/{path}", new Uri(page.Page.Url).AbsolutePath, StringComparison.Ordinal);
        Assert.All(page.Responses, response => Assert.StartsWith($"/{path}", new Uri(response.Url).AbsolutePath, StringComparison.Ordinal));
    }

    private async Task BuildAsync(Folder folder, string program)
    {
        await File.WriteAllTextAsync(folder["nuget.config"], $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{folder["packages"]}" />
              </config>
              <packageSources>
                <add key="built just now" value="{feed.Feed}" />
              </packageSources>
            </configuration>
            """, TestContext.Current.CancellationToken);
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
        await Command.DotNetAsync(folder.Path, "build", "--output", folder["out"], "-nodeReuse:false");
    }
}
