using System.Net;
using Scouthook.EndToEnd.Tests.Support;
using Scouthook.Testing;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>The templates as a user gets them: installed from the package, created, built and run without a change.</summary>
[Collection<PackageFeedCollection>]
public sealed class TemplateTests(PackageFeed feed)
{
    private const string Secret = "development-secret";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apps_created_from_the_templates_build_without_warnings_and_handle_an_event()
    {
        using var folder = new Folder();
        // Below this home, templates, sources and settings of the user stay as they are.
        var home = folder.Create("home");
        Directory.CreateSymbolicLink(folder["home/scouthook-packages"], feed.Feed);
        Directory.CreateDirectory(folder["home/.nuget/NuGet"]);
        await WriteAsync(folder, "home/.nuget/NuGet/NuGet.Config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{feed.ConsumerPackages}" />
              </config>
              <fallbackPackageFolders>
                <add key="what this repository was built with" value="{PackagePages.GlobalPackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        var environment = new Dictionary<string, string> { ["HOME"] = home, ["DOTNET_CLI_HOME"] = home };
        var commands = CommandBlocks.Read("local-feed");
        // Packed as the first command says, for all tests; a pre-release is installed only by its version.
        Assert.StartsWith("dotnet pack Scouthook.slnx --configuration Release --output ~/scouthook-packages\n", commands, StringComparison.Ordinal);
        commands = commands[(commands.IndexOf('\n', StringComparison.Ordinal) + 1)..]
            .Replace("Scouthook.Templates", $"Scouthook.Templates@{feed.Version}", StringComparison.Ordinal);
        var create = CommandBlocks.Read("template");
        create = create[..(create.IndexOf('\n', StringComparison.Ordinal) + 1)];
        Assert.Equal("dotnet new scouthook-durable --name MyHooks\n", create);

        var created = await Command.RunAsync(
            "bash", ["-euo", "pipefail", "-c", $"{commands}{create}dotnet new scouthook-app --name Acme.Hooks"], folder.Path, environment);

        Assert.True(created.ExitCode == 0, created.All);
        Assert.Contains("namespace MyHooks;", await File.ReadAllTextAsync(folder["MyHooks/TicketOpener.cs"], Cancelled), StringComparison.Ordinal);
        await WriteAsync(folder, "Both.slnx", """
            <Solution>
              <Project Path="Acme.Hooks/Acme.Hooks.csproj" />
              <Project Path="MyHooks/MyHooks.csproj" />
            </Solution>
            """);
        var built = await Command.RunAsync("dotnet", ["build", "Both.slnx", "-nodeReuse:false"], folder.Path, environment);
        Assert.True(built.ExitCode == 0 && built.Output.Contains("0 Warning(s)", StringComparison.Ordinal), built.All);

        await CheckAsync(folder["Acme.Hooks"], "New conversation 48213");
        await CheckAsync(folder["MyHooks"], "1: convo.created, attempt 1", "scouthook/");
        Assert.True(File.Exists(folder["MyHooks/scouthook-data/scouthook.db"]));
    }

    /// <summary>Runs an app, sends it an event and waits for the line in which a handler prints it.</summary>
    private static async Task CheckAsync(string folder, string line, string? dashboard = null)
    {
        await using var app = await RunningApp.StartAsync("dotnet", ["run", "--no-build", "--"], folder, secret: null);

        using var answer = await app.Client.SendHelpScoutEventAsync("/webhook", "convo.created", Secret, Cancelled);
        using var refused = await app.Client.SendHelpScoutEventAsync("/webhook", "convo.created", "another secret", Cancelled);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (answer.StatusCode, refused.StatusCode));
        await app.LineAsync(printed => printed.Contains(line, StringComparison.Ordinal));
        if (dashboard is not null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Client.BaseAddress!, $"{dashboard}api/v1/events"));
            request.Headers.Authorization = new("Bearer", "development-admin-key");
            using var events = await app.Client.SendAsync(request, Cancelled);
            Assert.Contains("convo.created", await events.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            Assert.Contains("Sign in", await app.Client.GetStringAsync(new Uri(app.Client.BaseAddress!, dashboard), Cancelled), StringComparison.Ordinal);
        }
    }

    private static Task WriteAsync(Folder folder, string file, string text) =>
        File.WriteAllTextAsync(folder[file], text, Cancelled);
}
