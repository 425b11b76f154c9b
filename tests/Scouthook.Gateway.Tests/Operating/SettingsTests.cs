using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The configuration sources and their precedence.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Other = "another-secret-of-the-webhook";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_secrets_are_both_trusted()
    {
        await using var gateway = await HostedGateway.StartAsync(Setup() with { Secrets = [Other, GatewaySetup.Secret] });

        Assert.Equal(200, await StatusAsync(gateway, 1, Other));
        Assert.Equal(200, await StatusAsync(gateway, 2, GatewaySetup.Secret));
        Assert.Equal(401, await StatusAsync(gateway, 3, "a-third-secret-nobody-trusts"));
    }

    [Fact]
    public async Task Changed_secret_file_is_read_again()
    {
        var file = _folder.Replace("secret.txt", GatewaySetup.Secret + "\n");
        await using var gateway = await HostedGateway.StartAsync(
            Setup() with { Secrets = [], Arguments = ["--secret-file", file] });
        Assert.Equal(200, await StatusAsync(gateway, 1, GatewaySetup.Secret));

        _folder.Replace("secret.txt", Other);

        await Eventually.AnswersTrueAsync(
            async () => await StatusAsync(gateway, 2, Other) == 200, "the new secret is trusted");
        Assert.Equal(401, await StatusAsync(gateway, 3, GatewaySetup.Secret));
    }

    [Fact]
    public async Task Secret_file_combines_with_secrets_from_the_command_line()
    {
        var file = _folder.Replace("secret.txt", Other);
        await using var gateway = await HostedGateway.StartAsync(Setup() with { Arguments = ["--secret-file", file] });

        Assert.Equal(200, await StatusAsync(gateway, 1, GatewaySetup.Secret));
        Assert.Equal(200, await StatusAsync(gateway, 2, Other));
    }

    [Fact]
    public async Task Flags_override_the_environment_which_overrides_the_file()
    {
        const string fromFile = "the-secret-in-the-file", fromEnvironment = "the-secret-in-the-environment";
        var file = WriteConfig("config.json", new JsonObject
        {
            ["Scouthook"] = new JsonObject
            {
                ["Sources"] = new JsonObject
                {
                    ["default"] = new JsonObject { ["Path"] = "/from-file", ["Secrets"] = new JsonArray(fromFile, Other) },
                },
                ["Inbox"] = new JsonObject { ["Sqlite"] = new JsonObject { ["Path"] = "in-file/x.db" } },
            },
        });
        var onlyFile = Setup() with { Secrets = [], Data = "", Arguments = ["--config", file] };
        var alsoEnvironment = onlyFile.With("Scouthook:Sources:default:Secrets:0", fromEnvironment);
        var alsoFlags = alsoEnvironment with { Secrets = [GatewaySetup.Secret], Data = "data" };

        await using (var gateway = await GatewayProcess.StartAsync(onlyFile))
        {
            Assert.Equal([200, 200, 401, 401], await StatusesAsync(gateway));
            Assert.True(File.Exists(_folder["in-file/x.db"]));
        }

        await using (var gateway = await GatewayProcess.StartAsync(alsoEnvironment))
        {
            // The later list replaces the earlier one as a whole, so the file's second secret is no longer trusted.
            Assert.Equal([401, 401, 200, 401], await StatusesAsync(gateway));
        }

        await using (var gateway = await GatewayProcess.StartAsync(alsoFlags))
        {
            Assert.Equal([401, 401, 401, 200], await StatusesAsync(gateway));
            Assert.True(File.Exists(alsoFlags.Database));
        }

        async Task<List<int>> StatusesAsync(GatewayProcess gateway)
        {
            var statuses = new List<int>();
            foreach (var secret in new[] { fromFile, Other, fromEnvironment, GatewaySetup.Secret })
            {
                statuses.Add((await gateway.SendAsync(Some.Event(1).Request(secret, "/from-file"))).Status);
            }

            return statuses;
        }
    }

    [Fact]
    public async Task Secret_in_the_short_variable_is_used_and_a_flag_overrides_it()
    {
        var setup = Setup() with { Environment = new Dictionary<string, string> { ["SCOUTHOOK_SECRET"] = Other } };

        await using (var gateway = await GatewayProcess.StartAsync(setup with { Secrets = [] }))
        {
            Assert.Equal(200, await StatusAsync(gateway, 1, Other));
        }

        await using (var gateway = await GatewayProcess.StartAsync(setup))
        {
            Assert.Equal(401, await StatusAsync(gateway, 2, Other));
            Assert.Equal(200, await StatusAsync(gateway, 3, GatewaySetup.Secret));
        }
    }

    [Fact]
    public async Task File_in_the_working_directory_is_read_unless_another_is_named()
    {
        WriteConfig("scouthook.json", new JsonObject
        {
            ["Scouthook"] = new JsonObject { ["Receiver"] = new JsonObject { ["MaxBodyBytes"] = "1000" } },
        });

        await using var gateway = await GatewayProcess.StartAsync(Setup());

        Assert.Equal(413, (await gateway.PostAsync(Some.Large(1, 1_001))).Status);
    }

    [Fact]
    public async Task Valid_change_of_a_limit_is_applied_and_an_invalid_one_is_rejected()
    {
        const string limit = """{ "Scouthook": { "Receiver": { "MaxBodyBytes": "LIMIT" } } }""";
        _folder.Replace("scouthook.json", limit.Replace("LIMIT", "1000", StringComparison.Ordinal));
        await using var gateway = await HostedGateway.StartAsync(Setup());
        Assert.Equal(413, (await gateway.PostAsync(Some.Large(1, 2_000))).Status);

        _folder.Replace("scouthook.json", limit.Replace("LIMIT", "3000", StringComparison.Ordinal));
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.PostAsync(Some.Large(1, 2_000))).Status == 200, "the larger limit applies");
        _folder.Replace("scouthook.json", limit.Replace("LIMIT", "many", StringComparison.Ordinal));

        await gateway.LineAsync("MaxBodyBytes must be");
        Assert.Equal(200, (await gateway.PostAsync(Some.Large(2, 2_000))).Status);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(null, false)]
    public async Task Forwarded_headers_are_trusted_only_from_trusted_proxies(string? trusted, bool believed)
    {
        var setup = trusted is null ? Setup() : Setup().With("Scouthook:Gateway:TrustedProxies:0", trusted);
        await using var gateway = await HostedGateway.StartAsync(setup);

        var answer = await gateway.SendAsync(Some.Event(1).Request().With("X-Forwarded-For", "203.0.113.9"));

        Assert.Equal(200, answer.Status);
        var item = Assert.Single(await gateway.Client.EventsAsync());
        var detail = await gateway.Client.JsonAsync($"/api/v1/events/{item["id"]}");
        var names = detail["headers"]!.AsArray().Select(header => (string)header!["name"]!).ToList();
        // A server that trusts the header removes it and records the proxy in its place.
        Assert.Equal(believed, names.Contains("X-Original-For", StringComparer.OrdinalIgnoreCase));
        Assert.Equal(!believed, names.Contains("X-Forwarded-For", StringComparer.OrdinalIgnoreCase));
    }

    private GatewaySetup Setup() => new() { Folder = _folder.Path };

    private string WriteConfig(string name, JsonObject config) => _folder.Replace(name, config.ToJsonString());

    private static async Task<int> StatusAsync(RunningGateway gateway, int number, string secret) =>
        (await gateway.SendAsync(Some.Event(number).Request(secret))).Status;
}
