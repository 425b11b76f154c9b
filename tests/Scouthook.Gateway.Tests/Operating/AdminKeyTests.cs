using System.Net;
using System.Net.Http.Headers;
using Scouthook.Gateway.Tests.Support;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>The first key to the management API.</summary>
public sealed class AdminKeyTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_made_once_shown_once_and_good_for_ever()
    {
        var setup = new GatewaySetup { Folder = _folder.Path, AdminKey = null };

        string key;
        await using (var first = await GatewayProcess.StartAsync(setup))
        {
            var line = await first.LineAsync("admin key ");
            key = line.Trim().Split(' ')[2];
            Assert.Equal("shk_".Length + 64, key.Length);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, key));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first, key[..^1]));
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await GatewayProcess.StartAsync(setup);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, key));
        Assert.DoesNotContain("admin key", second.Output, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(setup.DataPath),
            file => Assert.True(file.EndsWith(".lock", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains(key, StringComparison.Ordinal) is false, $"{file} holds the key"));
    }

    [Fact]
    public async Task A_configured_key_is_the_only_one_and_is_never_printed()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, GatewaySetup.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, GatewaySetup.Key + "x"));
        Assert.DoesNotContain(GatewaySetup.Key, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("admin key", gateway.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(gateway.Setup.DataPath, "admin-key.sha256")));
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
