using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests;

/// <summary>
/// The app of the README, started with <c>dotnet run</c> and sent events with only openssl and curl.
/// </summary>
public sealed class MinimalApiSampleTests
{
    private const string Secret = "my-secret";

    [Fact]
    public async Task Event_signed_by_openssl_and_sent_by_curl_reaches_the_handler()
    {
        // It was built with these tests: that shows that it builds.
        await using var app = await RunningApp.StartAsync(
            "dotnet", ["run", "--no-build", "--configuration", Repository.Configuration, "--"],
            Repository.PathOf("samples/MinimalApi"), Secret);

        Assert.Equal("200", await SendWithCurlAsync(app, Secret));
        await app.LineAsync(line => line.StartsWith("New conversation ", StringComparison.Ordinal));

        Assert.Equal("401", await SendWithCurlAsync(app, "another-secret"));
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
