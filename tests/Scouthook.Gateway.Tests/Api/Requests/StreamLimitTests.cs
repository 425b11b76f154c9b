using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Requests;

/// <summary>The limit of open streams, and isolation from streams that are not read.</summary>
public sealed class StreamLimitTests : IAsyncLifetime
{
    private readonly Folder _folder = new();
    private HostedGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await HostedGateway.StartAsync(
        new GatewaySetup { Folder = _folder.Path }
            .With("Scouthook:Management:MaxStreams", 3).With("Scouthook:Management:MaxStreamsPerKey", 2));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Streams_over_a_limit_are_rejected_until_one_ends()
    {
        var first = await OpenAsync(GatewaySetup.Key);
        using var second = await OpenAsync(GatewaySetup.Key);
        using var third = await OpenAsync(GatewaySetup.Key);
        await AssertTooManyAsync(third, "MaxStreamsPerKey");
        using var others = await OpenAsync(await KeyAsync("one"));
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        using var tooMany = await OpenAsync(await KeyAsync("two"));
        await AssertTooManyAsync(tooMany, "MaxStreams");

        first.Dispose();

        await Eventually.AnswersTrueAsync(
            async () =>
            {
                using var again = await OpenAsync(GatewaySetup.Key);
                return again.StatusCode is HttpStatusCode.OK;
            },
            "the slot of the ended stream is free");
    }

    private static async Task AssertTooManyAsync(HttpResponseMessage answer, string setting)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains(
            $"Scouthook:Management:{setting}.",
            (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["detail"],
            StringComparison.Ordinal);
    }

    private async Task<string> KeyAsync(string name) =>
        (string)(await _gateway.Client.PostJsonAsync("keys", new { name, role = "viewer" }, HttpStatusCode.Created))["key"]!;

    private async Task<HttpResponseMessage> OpenAsync(string key)
    {
        var client = new HttpClient { BaseAddress = _gateway.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        request.Headers.Add("Authorization", $"Bearer {key}");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }
}
