using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>A third-party app outside the repository that uses only the packages.</summary>
[Collection<PackageFeedCollection>]
public sealed class ConsumerTests(PackageFeed feed)
{
    private const string Program = """
        using Scouthook.Events;
        using Scouthook.Testing;

        const string secret = "the secret of a consumer";
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Configuration["Scouthook:Sources:default:Secrets:0"] = secret;
        builder.Services.AddScouthook().AddHandler<HelpScoutEvent>((helpScoutEvent, _) =>
            Console.Out.WriteLineAsync(helpScoutEvent.GetType().Name));
        await using var app = builder.Build();
        app.MapScouthook();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var sample in SampleEvents.All)
        {
            using var answer = await client.SendHelpScoutEventAsync("/webhook", sample, secret);
            answer.EnsureSuccessStatusCode();
        }

        using var refusal = await client.SendHelpScoutEventAsync("/webhook", "tag.created", "another secret");
        Console.WriteLine((int)refusal.StatusCode);
        """;

    [Fact]
    public async Task App_built_from_the_packages_compiles_without_warnings_and_receives_every_event()
    {
        using var folder = new Folder();
        await feed.WriteSettingsAsync(folder["nuget.config"]);
        await WriteAsync(folder, "Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Scouthook.AspNetCore" Version="{feed.Version}" />
                <PackageReference Include="Scouthook.Testing" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        await WriteAsync(folder, "Program.cs", Program);

        await Command.DotNetAsync(folder.Path, "build", "--output", folder["out"], "-nodeReuse:false");
        var run = await Command.RunAsync("dotnet", [folder["out/Consumer.dll"]], folder.Path);

        Assert.True(run.ExitCode == 0, run.All);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(27, lines.Length);
        Assert.Contains("ConversationCreated", lines);
        Assert.Contains("UserStatusChanged", lines);
        Assert.Equal("401", lines[^1]);
    }

    private static Task WriteAsync(Folder folder, string file, string text) =>
        File.WriteAllTextAsync(folder[file], text, TestContext.Current.CancellationToken);
}
