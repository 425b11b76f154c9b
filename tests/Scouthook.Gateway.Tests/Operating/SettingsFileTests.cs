namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Changes the configuration file of a running gateway in every way editors and platforms do.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private const string First = "the-first-secret-of-the-webhook";
    private const string Second = "the-second-secret-of-the-webhook";
    private const string Config = "scouthook.json";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Invalid_file_changes_nothing()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        _folder.Replace(Config, Json(Second, endpoint: "ftp://example.com/hook"));

        await gateway.LineAsync("Scouthook:Endpoints:crm:Url");
        Assert.Equal(200, await StatusAsync(gateway, First));
        Assert.Equal(401, await StatusAsync(gateway, Second));
        Assert.Equal("enabled", await StateOfEndpointAsync(gateway));
    }

    [Fact]
    public async Task Reserved_path_and_misspelled_setting_are_rejected_at_a_reload_as_at_startup()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        _folder.Replace(Config, Json(First, more: """ "Inbox": { "Retension": "1d" }, """, path: "/api/v1/events"));

        var line = await gateway.LineAsync("Scouthook:Inbox:Retension is not a setting");
        Assert.Contains("Scouthook:Sources:default:Path is /api/v1/events", line, StringComparison.Ordinal);
        Assert.Equal(200, await StatusAsync(gateway, First));
    }

    [Fact]
    public async Task Missing_file_keeps_all_settings_until_it_is_back()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        File.Delete(_folder[Config]);

        await gateway.LineAsync("scouthook.json is gone");
        Assert.Equal(200, await StatusAsync(gateway, First));
        Assert.Equal("enabled", await StateOfEndpointAsync(gateway));

        _folder.Replace(Config, Json(Second));

        await UntilAsync(gateway, Second);
        Assert.Equal(401, await StatusAsync(gateway, First));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{ "Scouthook": { "Sources": { "default": { "Secrets": [ "the-sec""")]
    public async Task Partially_written_file_keeps_all_settings_until_it_is_complete(string half)
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        await File.WriteAllTextAsync(_folder[Config], half, TestContext.Current.CancellationToken);

        await gateway.LineAsync("scouthook.json is not valid JSON");
        Assert.Equal(200, await StatusAsync(gateway, First));
        Assert.Equal("enabled", await StateOfEndpointAsync(gateway));
        Assert.DoesNotContain("the-sec", gateway.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_folder[Config], Json(Second), TestContext.Current.CancellationToken);

        await UntilAsync(gateway, Second);
    }

    [Theory]
    [InlineData("""{ "Scouthook": { "Sources": { "default": { "Path": "\ud83d" } } } }""", "scouthook.json is not valid JSON")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Verbose" } } }""", "Logging:LogLevel:Default is \"Verbose\"")]
    [InlineData("""{ "Logging": { "Console": { "QueueFullMode": "Drop" } } }""", "scouthook.json is not valid. A setting in Logging:Console")]
    [InlineData("""{ "Logging": { "Console": { "FormatterOptions": { "TimestampFormat": "%" } } } }""", "scouthook.json is not valid.")]
    public async Task Content_that_the_framework_rejects_changes_nothing(string content, string reason)
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        _folder.Replace(Config, content);

        await gateway.LineAsync(reason);
        Assert.Equal(200, await StatusAsync(gateway, First));
        Assert.Equal("enabled", await StateOfEndpointAsync(gateway));

        _folder.Replace(Config, Json(Second));

        await UntilAsync(gateway, Second);
    }

    [Fact]
    public async Task File_that_a_pipe_replaces_for_a_while_is_read_afterwards()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        await _folder.ReplaceByPipeAsync(Config);

        await gateway.LineAsync("scouthook.json was replaced by a pipe or a device");
        Assert.Equal(200, await StatusAsync(gateway, First));

        _folder.Replace(Config, Json(Second));

        await UntilAsync(gateway, Second);
    }

    [Fact]
    public async Task Secret_file_that_a_pipe_replaces_for_a_while_is_read_afterwards()
    {
        var file = _folder.Replace("secret", First);
        _folder.Replace(Config, $$"""{ "Scouthook": { "Sources": { "default": { "Secrets": [ { "File": "{{file}}" } ] } } } }""");
        await using var gateway = await StartAsync();

        await _folder.ReplaceByPipeAsync("secret");

        await gateway.LineAsync("is a pipe or a device");
        Assert.Equal(200, await StatusAsync(gateway, First));

        _folder.Replace("secret", Second);

        await UntilAsync(gateway, Second);
    }

    [Fact]
    public async Task Oversized_file_changes_nothing()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        _folder.Replace(Config, Json(Second) + new string(' ', 4 * 1024 * 1024));

        await gateway.LineAsync("scouthook.json is larger than");
        Assert.Equal(200, await StatusAsync(gateway, First));
    }

    [Fact]
    public async Task Configuration_behind_a_swapped_symlink_is_read()
    {
        // As Kubernetes mounts a ConfigMap: the file is a link into a directory that is itself a link.
        Directory.CreateDirectory(_folder["version-1"]);
        Directory.CreateDirectory(_folder["version-2"]);
        Directory.CreateDirectory(_folder["etc"]);
        await File.WriteAllTextAsync(_folder[$"version-1/{Config}"], Json(First), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder[$"version-2/{Config}"], Json(Second), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_folder[$"version-2/{Config}"], File.GetLastWriteTimeUtc(_folder[$"version-1/{Config}"]));
        await SwapAsync("version-1");
        File.CreateSymbolicLink(_folder[$"etc/{Config}"], $"..data/{Config}");
        await using var gateway = await HostedGateway.StartAsync(
            Setup() with { Arguments = ["--config", _folder[$"etc/{Config}"]] });
        Assert.Equal(200, await StatusAsync(gateway, First));

        await SwapAsync("version-2");

        await UntilAsync(gateway, Second);
        Assert.Equal(401, await StatusAsync(gateway, First));
    }

    [Fact]
    public async Task Missing_secret_file_of_an_endpoint_keeps_all_settings()
    {
        var secret = _folder.Replace("crm-secret", "the-secret-of-the-endpoint");
        _folder.Replace(Config, Json(First, more: $$""" "Endpoints": { "crm": { "Url": "https://example.com/hook", "SecretFile": "{{secret}}" } }, """));
        await using var gateway = await StartAsync();

        File.Delete(secret);

        await gateway.LineAsync("Scouthook:Endpoints:crm:SecretFile");
        Assert.Equal("enabled", await StateOfEndpointAsync(gateway));
        Assert.Equal(200, await StatusAsync(gateway, First));
    }

    [Fact]
    public async Task Added_or_moved_source_receives_at_once()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await StartAsync();

        _folder.Replace(Config, Json(First, path: "/moved"));

        await Eventually.AnswersTrueAsync(
            async () => await StatusAsync(gateway, First, "/moved") == 200, "the new path receives");
        Assert.Equal(404, await StatusAsync(gateway, First));
        var source = (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]!.AsArray().Single()!;
        Assert.Equal("/moved", (string?)source["path"]);
    }

    [Fact]
    public async Task Added_source_receives_even_if_management_has_a_separate_address()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await HostedGateway.StartAsync(
            Setup().With("Scouthook:Gateway:ManagementUrls:0", "http://127.0.0.1:0"));

        _folder.Replace(Config, Json(First, path: "/moved"));

        await Eventually.AnswersTrueAsync(
            async () => await StatusAsync(gateway, First, "/moved") == 200, "the new path receives");
    }

    [Fact]
    public async Task Settings_that_require_a_restart_are_reported_and_stay_unchanged()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await GatewayProcess.StartAsync(Setup() with { Data = "" });

        _folder.Replace(Config, Json(
            Second,
            more: """ "Inbox": { "DataDirectory": "elsewhere" }, "Gateway": { "TrustedProxies": [ "127.0.0.1" ] }, """));

        await gateway.LineAsync("Scouthook:Inbox:DataDirectory was changed");
        await gateway.LineAsync("Scouthook:Gateway:TrustedProxies was changed");
        Assert.Equal(200, await StatusAsync(gateway, Second));
        Assert.False(Directory.Exists(_folder["elsewhere"]));
        Assert.True(File.Exists(_folder["scouthook-data/scouthook.db"]));
    }

    [Fact]
    public async Task Gateway_without_file_watchers_starts_and_reads_a_changed_secret()
    {
        _folder.Replace(Config, Json(First));
        await using var gateway = await GatewayProcess.StartAsync(Setup() with { Under = NoWatcher });

        _folder.Replace(Config, Json(Second));

        await UntilAsync(gateway, Second);
    }

    [Fact]
    public async Task Demo_runs_without_file_watchers()
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            NoWatcher[0], [.. NoWatcher.Skip(1), GatewayProcess.Executable, "demo", "--exit", "--json"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var demo = System.Diagnostics.Process.Start(start)!;
        var output = demo.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = demo.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(demo.ExitCode == 0, $"the demo ended with {demo.ExitCode}:\n{await output}\n{await errors}");
    }

    /// <summary>Runs a program in a separate user namespace where no inotify instance can be opened.</summary>
    private static IReadOnlyList<string> NoWatcher { get; } =
    [
        "unshare", "--user", "--map-root-user", "sh", "-c",
        "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"", "sh",
    ];

    private static string Json(
        string secret, string endpoint = "https://example.com/hook", string more = "", string path = "/webhook") => $$"""
        {
          "Scouthook": {
            {{(more.Contains("Endpoints", StringComparison.Ordinal) ? "" : $"\"Endpoints\": {{ \"crm\": {{ \"Url\": \"{endpoint}\" }} }},")}}
            {{more}}
            "Sources": { "default": { "Path": "{{path}}", "Secrets": [ "{{secret}}" ] } }
          }
        }
        """;

    private static async Task<int> StatusAsync(RunningGateway gateway, string secret, string path = "/webhook") =>
        (await gateway.SendAsync(Some.Event(1).Request(secret, path))).Status;

    private static Task UntilAsync(RunningGateway gateway, string secret) => Eventually.AnswersTrueAsync(
        async () => await StatusAsync(gateway, secret) == 200, "the new secret is trusted");

    private static async Task<string?> StateOfEndpointAsync(RunningGateway gateway)
    {
        var endpoints = (await gateway.Client.JsonAsync("/api/v1/endpoints"))["items"]!.AsArray();
        return (string?)Assert.Single(endpoints, endpoint => (string?)endpoint!["name"] == "crm")!["state"];
    }

    /// <summary>Points the link to a directory elsewhere, atomically.</summary>
    private async Task SwapAsync(string version)
    {
        Directory.CreateSymbolicLink(_folder["etc/..data.new"], _folder[version]);
        using var move = System.Diagnostics.Process.Start("mv", ["-T", _folder["etc/..data.new"], _folder["etc/..data"]]);
        await move.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, move.ExitCode);
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path, Secrets = [] };

    private Task<HostedGateway> StartAsync() => HostedGateway.StartAsync(Setup());
}
