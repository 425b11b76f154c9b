using System.Net;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>The contract as served by the gateway.</summary>
public sealed class ContractApiTests : IDisposable
{
    private static readonly string Contract = Repository.PathOf("contract");

    private readonly Folder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Contract_is_public_and_served_in_the_requested_version_and_format()
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.Port}") };

        Assert.Equal(Committed("3.0.0"), await stranger.GetStringAsync("/asyncapi.yaml", Cancelled));
        Assert.Equal(Committed("3.0.0"), await stranger.GetStringAsync("/asyncapi.yaml?version=3.0.0", Cancelled));
        Assert.Equal(Committed("2.6.0"), await stranger.GetStringAsync("/asyncapi.yaml?version=2.6.0", Cancelled));
        Assert.Equal("3.0.0", (string?)(await stranger.JsonAsync("/asyncapi.json"))["asyncapi"]);
        Assert.Equal("2.6.0", (string?)(await stranger.JsonAsync("/asyncapi.json?version=2.6.0"))["asyncapi"]);
        using var yaml = await stranger.GetAsync("/asyncapi.yaml", Cancelled);
        Assert.Equal("application/yaml", yaml.Content.Headers.ContentType?.MediaType);
        using var json = await stranger.GetAsync("/asyncapi.json", Cancelled);
        Assert.Equal("application/json", json.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("3.1.0")]
    [InlineData("latest")]
    [InlineData("")]
    public async Task Unknown_version_is_rejected_with_the_list_of_versions(string version)
    {
        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = _folder.Path });

        var problem = await gateway.Client.JsonAsync($"/asyncapi.yaml?version={version}", HttpStatusCode.BadRequest);

        Assert.Equal("version: must be one of 2.6.0, 3.0.0.", (string?)problem["detail"]);
    }

    private static string Committed(string version) =>
        File.ReadAllText(Path.Combine(Contract, $"helpscout-webhooks.asyncapi-{version}.yaml"));
}
