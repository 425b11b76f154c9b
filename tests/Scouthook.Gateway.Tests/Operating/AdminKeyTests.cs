using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Scouthook.Management.Authentication;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The first key for the management API.</summary>
public sealed class AdminKeyTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Key_is_generated_once_shown_once_and_never_expires()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };

        string key;
        await using (var first = await HostedGateway.StartAsync(setup))
        {
            var line = await first.LineAsync("admin key ");
            key = line.Trim().Split(' ')[2];
            Assert.Equal("shk_".Length + 64, key.Length);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, key));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first, key[..^1]));
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await HostedGateway.StartAsync(setup);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, key));
        Assert.DoesNotContain("admin key", second.Output, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(setup.DataPath),
            file => Assert.True(file.EndsWith(".lock", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains(key, StringComparison.Ordinal) is false, $"{file} holds the key"));
    }

    [Fact]
    public async Task Configured_key_is_the_only_one_and_is_never_printed()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, GatewaySetup.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, GatewaySetup.Key + "x"));
        Assert.DoesNotContain(GatewaySetup.Key, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("admin key", gateway.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(gateway.Setup.DataPath, "admin-key.sha256")));
    }

    [Fact]
    public async Task First_start_on_a_port_in_use_stores_no_unseen_key()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };

        var (exitCode, output) = await GatewayProcess.RunAsync(setup with { Urls = [$"http://{other.LocalEndpoint}"] });

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("admin key", output, StringComparison.Ordinal);
        Assert.Empty(KeyFiles(setup));
        await PrintsAKeyThatWorksAsync(setup);
    }

    [Theory]
    [InlineData("exec \"$0\" \"$@\" > /dev/full")]
    [InlineData("exec \"$0\" \"$@\" >&-")]
    [InlineData("exec \"$0\" \"$@\" > >(true)")]
    public async Task Key_that_could_not_be_shown_is_not_stored_and_the_gateway_runs(string script)
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        await using (var unseen = await GatewayProcess.StartUnseenAsync(
            setup with { Under = ["bash", "-c", script] }, "The admin key could not be shown"))
        {
            Assert.Contains("scouthook keys create --name me --role admin --data", unseen.Output, StringComparison.Ordinal);
            Assert.Equal(0, await unseen.StopAsync());
        }

        Assert.Empty(KeyFiles(setup));
        await PrintsAKeyThatWorksAsync(setup);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("5d41402abc4b2a76")]
    [InlineData("zz41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592")]
    public async Task Damaged_key_file_rejects_no_event_and_its_remedy_is_reported(string content)
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        Directory.CreateDirectory(setup.DataPath);
        await File.WriteAllTextAsync(KeyFile(setup), content, TestContext.Current.CancellationToken);

        await using var gateway = await HostedGateway.StartAsync(setup);

        Assert.Contains(
            $"scouthook keys create --data {setup.DataPath} ", await gateway.LineAsync(KeyFile(setup)), StringComparison.Ordinal);
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, "shk_" + new string('0', 64)));
        Assert.DoesNotContain("admin key shk_", gateway.Output, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(KeyFile(setup), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pipe_in_place_of_the_key_file_does_not_hold_the_start()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        Directory.CreateDirectory(setup.DataPath);
        await _folder.ReplaceByPipeAsync(Path.GetRelativePath(_folder.Path, KeyFile(setup)));

        var starting = Task.Run(() => HostedGateway.StartAsync(setup), TestContext.Current.CancellationToken);

        await using var gateway = await starting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Contains(
            "is a pipe or a device", await gateway.LineAsync(KeyFile(setup)), StringComparison.Ordinal);
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(1))).Status);
    }

    [Fact]
    public async Task Generated_key_is_listed_and_once_revoked_stays_so_after_a_restart()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };
        string first, second;
        await using (var gateway = await HostedGateway.StartAsync(setup))
        {
            first = (await gateway.LineAsync("admin key ")).Trim().Split(' ')[2];
            Use(gateway, first);
            var listed = Assert.Single((await gateway.Client.JsonAsync("/api/v1/keys"))["items"]!.AsArray())!;
            Assert.Equal(("admin", "generated"), ((string?)listed["name"], (string?)listed["origin"]));
            Assert.NotNull(listed["createdAt"]);
            Assert.Equal(HttpStatusCode.Conflict, await RevokeAsync(gateway));
            second = (string)(await gateway.Client.PostJsonAsync("keys", new { name = "me", role = "admin" }, HttpStatusCode.Created))["key"]!;

            Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(gateway));

            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, first));
            Use(gateway, second);
            Assert.Equal(HttpStatusCode.Conflict, await RevokeAsync(gateway));
            Assert.Equal("key.revoke", (string?)(await gateway.Client.JsonAsync("/api/v1/audit"))["items"]![0]!["action"]);
        }

        await using var restarted = await HostedGateway.StartAsync(setup);
        Use(restarted, second);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(restarted, first));
        Assert.DoesNotContain("admin key shk_", restarted.Output, StringComparison.Ordinal);
        Assert.NotNull((await restarted.Client.JsonAsync("/api/v1/keys"))["items"]![0]!["revokedAt"]);
    }

    [Fact]
    public async Task Configured_key_can_only_be_removed_in_the_configuration()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

        Assert.Equal(HttpStatusCode.Conflict, await RevokeAsync(gateway));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, GatewaySetup.Key));
    }

    [Fact]
    public void Key_is_stored_only_after_it_has_been_shown()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        var (killed, next) = (Loaded(setup), Loaded(setup));
        string? shown = null;

        Assert.Throws<OperationCanceledException>(() => killed.Publish(_ =>
        {
            Assert.False(File.Exists(KeyFile(setup)));
            throw new OperationCanceledException("killed at this instant");
        }));
        Assert.False(File.Exists(KeyFile(setup)));
        var outcome = next.Publish(line =>
        {
            shown = line.Trim().Split(' ')[2];
            return true;
        });

        Assert.Equal(AdminKeyPublication.Stored, outcome);
        Assert.True(Loaded(setup).Matches(shown!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile(setup)));
        }

        Assert.Equal(AdminKeyPublication.NothingNew, next.Publish(_ => true));
    }

    [Fact]
    public void Second_start_on_the_same_directory_does_not_replace_the_first()
    {
        var setup = new GatewaySetup { Folder = _folder.Path };
        var (first, second) = (Loaded(setup), Loaded(setup));
        var shown = new List<string>();
        Assert.Equal(AdminKeyPublication.Stored, first.Publish(Show));

        Assert.Equal(AdminKeyPublication.NotStored, second.Publish(Show));

        Assert.True(Loaded(setup).Matches(shown[0].Trim().Split(' ')[2]));
        Assert.Contains("valid until this gateway stops", shown[^1], StringComparison.Ordinal);

        bool Show(string line)
        {
            shown.Add(line);
            return true;
        }
    }

    private static AdminKey Loaded(GatewaySetup setup)
    {
        var key = new AdminKey();
        key.Load(null, setup.DataPath);
        return key;
    }

    private static async Task PrintsAKeyThatWorksAsync(GatewaySetup setup)
    {
        await using var gateway = await HostedGateway.StartAsync(setup);
        var key = (await gateway.LineAsync("admin key ")).Trim().Split(' ')[2];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, key));
    }

    private static string KeyFile(GatewaySetup setup) => Path.Combine(setup.DataPath, "admin-key.sha256");

    private static string[] KeyFiles(GatewaySetup setup) =>
        Directory.Exists(setup.DataPath) ? Directory.GetFiles(setup.DataPath, "admin-key*") : [];

    private static void Use(RunningGateway gateway, string key) =>
        gateway.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    private static async Task<HttpStatusCode> RevokeAsync(RunningGateway gateway)
    {
        using var answer = await gateway.Client.DeleteAsync(
            "/api/v1/keys/00000000-0000-0000-0000-000000000001", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
