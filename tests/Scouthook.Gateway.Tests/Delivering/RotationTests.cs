using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Delivering;

/// <summary>The rotation of an endpoint's secret, from the request to the end of the grace period.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private Sink _sink = null!;
    private int _steps;

    public async ValueTask InitializeAsync() => _sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Both_secrets_sign_during_the_grace_period_and_only_the_new_one_afterwards()
    {
        var setup = new GatewaySetup { Folder = _folder.Path }.Delivering();
        var gateway = await HostedGateway.StartAsync(setup);
        try
        {
            var created = await gateway.Client.PostJsonAsync(
                "endpoints", new { name = "sink", url = _sink["sink"].Url }, HttpStatusCode.Created);
            var (id, old) = ((string)created["id"]!, (string)created["secret"]!);
            await AssertSignedAsync(gateway, helpScout: old, [old]);

            var rotated = await gateway.Client.PostJsonAsync($"endpoints/{id}/rotate-secret");
            var next = (string)rotated["secret"]!;
            Assert.NotEqual(old, next);
            await AssertSignedAsync(gateway, helpScout: old, [next, old]);

            gateway = await RestartAsync(gateway, setup);
            await AssertSignedAsync(gateway, helpScout: old, [next, old]);

            var finished = await gateway.Client.PostJsonAsync($"endpoints/{id}/rotate-secret/finish");
            Assert.Null(finished["secret"]);
            await AssertSignedAsync(gateway, helpScout: next, [next]);

            gateway = await RestartAsync(gateway, setup);
            await AssertSignedAsync(gateway, helpScout: next, [next]);
            AssertNowhere(setup, gateway.Output, old, next);
            await gateway.StopAsync();
            AssertNowhere(setup, gateway.Output, old, next);
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task Existing_secret_keeps_signing_next_to_a_generated_standard_secret()
    {
        const string own = "a secret that a receiver had before";
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path }.Delivering());

        var created = await gateway.Client.PostJsonAsync(
            "endpoints", new { name = "sink", url = _sink["sink"].Url, secret = own }, HttpStatusCode.Created);

        Assert.Equal(own, (string?)created["secret"]);
        await AssertSignedAsync(gateway, helpScout: own, [(string)created["standardWebhooksSecret"]!]);
        AssertNowhere(gateway.Setup, gateway.Output, own, (string)created["standardWebhooksSecret"]!);
    }

    [Fact]
    public async Task Changed_secret_in_the_configuration_starts_a_rotation()
    {
        const string old = SinkPath.DefaultSecret, next = "whsec_bmV4dC1zZWNyZXQtb2YtdGhlLXNpbmstMDAwMQ==";
        var setup = new GatewaySetup { Folder = _folder.Path }.Delivering().To("sink", _sink["sink"]);
        var gateway = await HostedGateway.StartAsync(setup);
        try
        {
            await AssertSignedAsync(gateway, helpScout: old, [old]);
            gateway = await RestartAsync(gateway, setup.With("Scouthook:Endpoints:sink:Secret", next));
            await AssertSignedAsync(gateway, helpScout: old, [next, old]);
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    private async Task AssertSignedAsync(HostedGateway gateway, string helpScout, IReadOnlyList<string> standard)
    {
        var sent = Some.Step(1, _steps++);
        Assert.Equal(200, (await gateway.PostAsync(sent)).Status);
        await Eventually.TrueAsync(() => _sink["sink"].TakenCount == _steps, "the event arrives");

        var arrival = _sink["sink"].Arrivals[^1];
        Assert.Equal(sent.Hash, arrival.Hash);
        Assert.Equal(Signatures.OfHelpScout(sent.Body, helpScout), arrival.Headers["X-HelpScout-Signature"]);
        Assert.Equal(
            string.Join(' ', standard.Select(secret => Signatures.Standard(sent.Body, arrival.Headers, secret))),
            arrival.Headers["webhook-signature"]);
    }

    private static async Task<HostedGateway> RestartAsync(HostedGateway gateway, GatewaySetup setup)
    {
        Assert.Equal(0, await gateway.StopAsync());
        await gateway.DisposeAsync();
        return await HostedGateway.StartAsync(setup);
    }

    /// <summary>Searches for secrets in all output and all files of the data directory, byte by byte.</summary>
    private static void AssertNowhere(GatewaySetup setup, string output, params string[] secrets)
    {
        // A lock file is empty and cannot be opened while the lock is held.
        var files = Directory.GetFiles(setup.DataPath, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) != ".lock").ToList();
        Assert.Contains(setup.Database, files);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
            byte[][] forms =
            [
                Encoding.UTF8.GetBytes(secret),
                Encoding.UTF8.GetBytes(secret.Replace("whsec_", "", StringComparison.Ordinal)),
                Encoding.Unicode.GetBytes(secret),
                Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))),
                Encoding.UTF8.GetBytes(JsonValue.Create(secret).ToJsonString().Trim('"')),
            ];
            foreach (var file in files)
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                Assert.All(forms, form => Assert.True(
                    bytes.ToArray().AsSpan().IndexOf(form) < 0, $"{file} holds a secret that can be read"));
            }
        }
    }
}
