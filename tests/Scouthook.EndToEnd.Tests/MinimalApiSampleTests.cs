using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests;

/// <summary>
/// The commands of the README: the app is sent events by the tool, and with only openssl and curl.
/// </summary>
public sealed class MinimalApiSampleTests
{
    private const string Secret = "my-secret";

    [Fact]
    public async Task Event_signed_by_openssl_and_sent_by_curl_reaches_the_handler()
    {
        await using var app = await StartAsync("app", "--urls http://127.0.0.1:5000");

        Assert.Equal("200", await SendWithCurlAsync(app, Secret));
        await app.LineAsync(line => line.StartsWith("New conversation 48213", StringComparison.Ordinal));

        Assert.Equal("401", await SendWithCurlAsync(app, "another-secret"));

        var emit = await RunAsync("emit", app);
        Assert.True(emit.ExitCode == 0, emit.All);
        await app.LineAsync(line => line.StartsWith("New conversation ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateway_of_the_README_accepts_an_endpoint_and_lists_events()
    {
        using var folder = new Folder();
        await using var gateway = await StartAsync("gateway", "--data ./scouthook-data", "dashboard at ", "--data", folder["data"]);
        var line = await gateway.LineAsync(printed => printed.Contains(" shk_", StringComparison.Ordinal));
        var key = line.Split(' ').Single(word => word.StartsWith("shk_", StringComparison.Ordinal));

        var api = await RunAsync("api", gateway, ("shk_…", key));

        Assert.True(api.ExitCode == 0, api.All);
        Assert.Contains("convo.created", api.Output, StringComparison.Ordinal);
        Assert.Contains("https://example.com/helpscout", api.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_of_the_README_delivers_every_event()
    {
        Assert.SkipUnless(Rounds.Long, "The tests of the installed tool run it too.");

        var demo = await Command.RunAsync("bash", ["-c", $"{CommandBlocks.Read("demo").TrimEnd()} --exit"], Repository.Root);

        Assert.True(demo.ExitCode == 0, demo.All);
    }

    [Fact]
    public void Every_command_of_the_README_is_run_by_a_test() => Assert.Equal(
        ["app", "emit", "demo", "local-feed", "template", "gateway", "api"], CommandBlocks.All().Select(block => block.Name));

    /// <summary>Runs a block that starts something, with its own port and other arguments instead of fixed ones.</summary>
    private static Task<RunningApp> StartAsync(
        string block, string arguments, string announcement = "Now listening on: ", params string[] instead)
    {
        var script = CommandBlocks.Read(block);
        Assert.Contains(arguments, script, StringComparison.Ordinal);
        return RunningApp.StartAsync(
            "bash", ["-c", script.Replace(arguments, "\"$@\"", StringComparison.Ordinal), "bash", .. instead],
            Repository.Root, secret: null, announcement);
    }

    /// <summary>Runs a block against what another one has started.</summary>
    private static Task<CommandResult> RunAsync(string block, RunningApp app, params (string Text, string Instead)[] replacements)
    {
        var script = CommandBlocks.Read(block).Replace("http://127.0.0.1:5000/", app.Client.BaseAddress!.AbsoluteUri, StringComparison.Ordinal);
        foreach (var (text, instead) in replacements)
        {
            Assert.Contains(text, script, StringComparison.Ordinal);
            script = script.Replace(text, instead, StringComparison.Ordinal);
        }

        return Command.RunAsync(
            "bash", ["-euo", "pipefail", "-c", script], Repository.Root,
            new Dictionary<string, string> { ["SCOUTHOOK_API"] = app.Client.BaseAddress.AbsoluteUri });
    }

    private static async Task<string> SendWithCurlAsync(RunningApp app, string secret)
    {
        const string Script = """
            signature=$(openssl dgst -sha1 -hmac "$SECRET" -binary "$BODY" | base64)
            curl --silent --show-error --output /dev/null --write-out '%{http_code}' "$URL" \
              -H "X-HelpScout-Event: convo.created" \
              -H "X-HelpScout-Signature: $signature" \
              -H "Content-Type: application/json" \
              --data-binary "@$BODY"
            """;
        var curl = await Command.RunAsync(
            "bash",
            ["-euo", "pipefail", "-c", Script],
            Repository.Root,
            new Dictionary<string, string>
            {
                ["SECRET"] = secret,
                ["BODY"] = Repository.PathOf("contract/payloads/convo.created.json"),
                ["URL"] = new Uri(app.Client.BaseAddress!, "/webhook").AbsoluteUri,
            });

        Assert.Equal("", curl.Error);
        return curl.Output;
    }
}
