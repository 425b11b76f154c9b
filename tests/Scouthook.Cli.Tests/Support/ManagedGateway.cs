using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scouthook.Cli.Tests.Support;

/// <summary>A real gateway that delivers to a sink, and the tool that manages it.</summary>
public sealed partial class ManagedGateway : IAsyncLifetime
{
    private readonly Folder _folder = new();

    internal Sink Sink { get; private set; } = null!;

    internal HostedGateway Gateway { get; private set; } = null!;

    internal string Api => $"http://127.0.0.1:{Gateway.ManagementPort}";

    public async ValueTask InitializeAsync()
    {
        Sink = await Sink.StartAsync();
        Gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering(attempts: 2));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Sink.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Runs the tool with an admin key.</summary>
    internal Task<Finished> RunAsync(params string[] arguments) => RunWithAsync(GatewaySetup.Key, arguments);

    internal Task<Finished> RunWithAsync(string key, params string[] arguments) => ScouthookProcess.RunAsync(
        arguments, input: null, ("SCOUTHOOK_API", Api), ("SCOUTHOOK_KEY", key));

    /// <summary>Runs the tool with an admin key on a terminal of a width, until it exits.</summary>
    /// <returns>The lines of the screen, without control sequences.</returns>
    internal async Task<IReadOnlyList<string>> OnTerminalAsync(int columns, params string[] arguments)
    {
        await using var tool = ToolOnTerminal.Start(columns, arguments, ("SCOUTHOOK_API", Api), ("SCOUTHOOK_KEY", GatewaySetup.Key));
        var exitCode = await tool.EndAsync();
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)} ended with {exitCode}: {tool.Screen}");
        return [.. ControlSequence().Replace(tool.Screen, "").ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
    }

    /// <summary>Runs the tool, which must exit with 0, and parses its JSON.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}");
        return run.Json;
    }

    /// <summary>Creates a key with a role.</summary>
    internal async Task<string> KeyAsync(string role) =>
        (await JsonAsync("keys", "create", "--name", $"a {role}", "--role", role)).GetProperty("key").GetString()!;

    /// <summary>Creates an endpoint that delivers to a path of the sink.</summary>
    internal async Task<SinkPath> EndpointAsync(string name, string events)
    {
        var path = Sink[name];
        await JsonAsync(
            "endpoints", "create", "--name", name, "--url", path.Url, "--events", events, "--secret", SinkPath.DefaultSecret);
        return path;
    }

    internal async Task PostAsync(SentEvent sent) => Assert.Equal(200, (await Gateway.PostAsync(sent)).Status);

    /// <summary>The id of the newest event of a type.</summary>
    internal async Task<string> NewestAsync(string type) =>
        (string)(await Gateway.Client.EventsAsync($"type={type}&limit=1"))[0]["id"]!;

    [GeneratedRegex("\u001b(\\[[0-9;?]*[A-Za-z]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|[()][A-B0]|[=>])")]
    private static partial Regex ControlSequence();
}
