using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>Errors that prevent <c>scouthook serve</c> from starting, and its memory after startup.</summary>
public sealed class StartTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_configuration_errors_are_listed_together_with_their_keys()
    {
        var setup = Setup()
            .With("Scouthook:Sources:second:Path", "/second")
            .With("Scouthook:Sources:third:Secret", "misspelt")
            .With("Scouthook:Receiver:MaxBodyBytes", "ten")
            .With("Scouthook:Receiver:MaxBytesInFlight", "-1")
            .With("Scouthook:Receiver:CommitTimeout", "24:00:00")
            .With("Scouthook:Inbox:RepeatWindow", "2 days")
            .With("Scouthook:Inbox:Store", "MySql")
            .With("Scouthook:Gateway:ManagementUrls:0", "somewhere")
            .With("Scouthook:Gateway:TrustedProxies:0", "my-proxy")
            .With("Scouthook:Gateway:MinFreeDiskBytes", "1 GB");

        var (exitCode, output) = await GatewayProcess.RunAsync(setup with { AdminKey = "short", Urls = ["nonsense"] });

        Assert.Equal(2, exitCode);
        string[] keys =
        [
            "Scouthook:Sources:second:Secrets", "Scouthook:Sources:third:Secret", "Scouthook:Receiver:MaxBodyBytes",
            "Scouthook:Receiver:MaxBytesInFlight", "Scouthook:Receiver:CommitTimeout", "Scouthook:Inbox:RepeatWindow",
            "Scouthook:Inbox:Store", "Scouthook:Gateway:ManagementUrls", "Scouthook:Gateway:TrustedProxies",
            "Scouthook:Gateway:MinFreeDiskBytes", "Scouthook:Gateway:AdminKey", "urls",
        ];
        Assert.All(keys, key => Assert.True(
            output.Contains($"  {key}", StringComparison.Ordinal), $"{key} is not named in:\n{output}"));
        Assert.Contains("24h", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(setup.DataPath), "a gateway that was not started left a data directory");
    }

    [Fact]
    public async Task Source_must_not_use_a_path_of_the_gateway()
    {
        string[] paths =
        [
            "/api", "/API/v2", "/api/v1/events", "/healthz", "/readyz", "/metrics/", "/openapi/v1.json", "/asyncapi.yaml",
        ];
        var setup = Setup();
        foreach (var (index, path) in paths.Index())
        {
            setup = setup.With($"Scouthook:Sources:source{index}:Path", path)
                .With($"Scouthook:Sources:source{index}:Secrets:0", $"the-secret-of-source-{index}");
        }

        var (exitCode, output) = await GatewayProcess.RunAsync(setup);

        Assert.Equal(2, exitCode);
        Assert.All(paths.Index(), source => Assert.Contains(
            $"Scouthook:Sources:source{source.Index}:Path is {source.Item}", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_secret_prevents_startup_and_names_the_setting()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(Setup() with { Secrets = [] });

        Assert.Equal(2, exitCode);
        Assert.Contains("Scouthook:Sources:default:Secrets:0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_directory_can_be_used_by_only_one_gateway()
    {
        await using var first = await GatewayProcess.StartAsync(Setup());

        var (exitCode, output) = await GatewayProcess.RunAsync(Setup());

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another Scouthook", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Equal(200, (await first.PostAsync(Some.Event(1))).Status);
    }

    [Fact]
    public async Task Port_in_use_is_reported_in_plain_words()
    {
        await using var first = await GatewayProcess.StartAsync(Setup());
        var second = Setup() with { Data = "other", Urls = [$"http://127.0.0.1:{first.Port}"] };

        var (exitCode, output) = await GatewayProcess.RunAsync(second);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"The gateway did not start. Failed to bind to address http://127.0.0.1:{first.Port}", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://*:{0}")]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:{0}")]
    public async Task Port_in_use_is_found_before_a_data_directory_is_created(params string[] urls)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var setup = Setup() with { Data = "other", Urls = [.. urls.Select(url => string.Format(CultureInfo.InvariantCulture, url, port))] };

        var (exitCode, output) = await GatewayProcess.RunAsync(setup);

        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use. Choose another address with --urls.", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(setup.Folder, "other")), "the data directory was created");
    }

    [Fact]
    public async Task Invalid_addresses_are_reported_in_plain_words()
    {
        string[] urls =
        [
            "nonsense", "http://127.0.0.1:-1", "http://127.0.0.1:65536", "ftp://127.0.0.1:0", "http://127.0.0.1:0/below",
        ];

        var (exitCode, output) = await GatewayProcess.RunAsync(Setup() with { Urls = urls });

        Assert.Equal(2, exitCode);
        Assert.Equal(urls.Length, output.Split("  urls has an entry that is not an address").Length - 1);
    }

    [Fact]
    public async Task HTTPS_without_a_certificate_is_reported_in_plain_words()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(Setup() with
        {
            Urls = ["https://127.0.0.1:0"],
            Environment = new Dictionary<string, string> { ["HOME"] = _folder.Path },
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("The gateway did not start. Unable to configure HTTPS", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_file_that_is_not_JSON_is_reported_with_the_location()
    {
        await File.WriteAllTextAsync(_folder["bad.json"], "{\n  oops", TestContext.Current.CancellationToken);

        var (exitCode, output) = await GatewayProcess.RunAsync(
            Setup() with { Arguments = ["--config", _folder["bad.json"]] });

        Assert.Equal(2, exitCode);
        Assert.Contains("bad.json", output, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_log_level_is_reported_with_its_key()
    {
        var (exitCode, output) = await GatewayProcess.RunAsync(Setup() with
        {
            Environment = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Verbose" },
        });

        Assert.Equal(2, exitCode);
        Assert.Contains("Logging:LogLevel:Default is \"Verbose\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_not_a_database_is_not_overwritten()
    {
        var setup = Setup();
        Directory.CreateDirectory(setup.DataPath);
        var text = string.Concat(Enumerable.Repeat("This is a diary. ", 500));
        await File.WriteAllTextAsync(setup.Database, text, TestContext.Current.CancellationToken);

        var (exitCode, output) = await GatewayProcess.RunAsync(setup);

        Assert.Equal(1, exitCode);
        Assert.Contains("damaged or not a database", output, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(setup.Database, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Idle_gateway_uses_little_memory()
    {
        var smallest = long.MaxValue;
        for (var time = 0; time < 3; time++)
        {
            await using var gateway = await GatewayProcess.StartAsync(Setup());
            var status = await File.ReadAllLinesAsync(
                $"/proc/{gateway.Id}/status", TestContext.Current.CancellationToken);
            var resident = long.Parse(
                status.Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ')[^2],
                CultureInfo.InvariantCulture) / 1024;
            Figures.Print($"ready after {gateway.StartTook.TotalSeconds:F2} s, {resident} MiB resident when idle");
            smallest = Math.Min(smallest, resident);
        }

        // The goal is 100 MB with a release build; this catches large deviations. Startup time is measured in
        // benchmarks/.
        Assert.InRange(smallest, 1, 200);
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path };
}
