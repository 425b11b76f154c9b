using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>What applies to every request: correlation id, rate limit, size, content type, unknown paths.</summary>
public sealed class ApiRulesTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_a_correlation_id()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var refused = await client.GetAsync("v2/webhooks");
        await client.SignInAsync(helpScout);
        using var allowed = await client.GetAsync("v2/webhooks");

        Assert.Equal((string?)(await ApiClient.JsonAsync(refused))["logRef"], refused.Headers.GetValues("Correlation-Id").Single());
        Assert.NotEqual(refused.Headers.GetValues("Correlation-Id"), allowed.Headers.GetValues("Correlation-Id"));
    }

    [Fact]
    public async Task Reads_count_1_and_writes_2_of_the_rate_limit()
    {
        await using var helpScout = await StartAsync(limit: 10);
        using var client = await ApiClient.ConnectAsync(helpScout);

        using var read = await client.GetAsync("v2/webhooks");
        using var write = await client.PostAsync("v2/webhooks", ApiClient.Webhook);

        Assert.Equal(["10"], read.Headers.GetValues("X-RateLimit-Limit-Minute"));
        Assert.Equal(["9"], read.Headers.GetValues("X-RateLimit-Remaining-Minute"));
        Assert.Equal(["7"], write.Headers.GetValues("X-RateLimit-Remaining-Minute"));
        Assert.False(write.Headers.Contains("X-RateLimit-Retry-After"));
    }

    [Fact]
    public async Task Request_over_the_limit_gets_429_until_the_minute_is_over()
    {
        await using var helpScout = await StartAsync(limit: 1);
        using var client = await ApiClient.ConnectAsync(helpScout);

        using var allowed = await client.GetAsync("v2/webhooks");
        _clock.Advance(TimeSpan.FromSeconds(18));
        using var limited = await client.GetAsync("v2/webhooks");
        _clock.Advance(TimeSpan.FromSeconds(42));
        using var later = await client.GetAsync("v2/webhooks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (allowed.StatusCode, later.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(["0"], limited.Headers.GetValues("X-RateLimit-Remaining-Minute"));
        Assert.Equal(["42"], limited.Headers.GetValues("X-RateLimit-Retry-After"));
        Assert.Equal("API rate limit exceeded", (string?)(await ApiClient.JsonAsync(limited))["message"]);
    }

    [Fact]
    public async Task Duration_that_no_clock_can_add_is_rejected_at_the_start()
    {
        // Each once ended an attempt or a request for a token with an exception, and the event was never sent again.
        var never = TimeSpan.MaxValue;
        Action<HelpScoutEmulatorOptions>[] mistakes =
        [
            options => options.RetrySchedule = [never],
            options => options.ResponseTimeout = never,
            options => options.TokenLifetime = never,
        ];

        Assert.All(await Task.WhenAll(mistakes.Select(mistake => Record.ExceptionAsync(
            () => HelpScoutEmulator.StartAsync(mistake, Cancellation)).AsTask())), exception => Assert.IsType<ArgumentException>(exception));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HelpScoutChaos { LateRetryDelay = never });
    }

    [Fact]
    public async Task Clock_that_is_set_back_does_not_lengthen_the_minute_of_the_rate_limit()
    {
        await using var helpScout = await StartAsync(limit: 1);
        using var client = await ApiClient.ConnectAsync(helpScout);
        using var first = await client.GetAsync("v2/webhooks");

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        using var second = await client.GetAsync("v2/webhooks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Without_a_limit_there_are_no_headers()
    {
        await using var helpScout = await StartAsync(limit: null);
        using var client = await ApiClient.ConnectAsync(helpScout);

        using var response = await client.GetAsync("v2/webhooks");

        Assert.False(response.Headers.Contains("X-RateLimit-Limit-Minute"));
    }

    [Fact]
    public async Task Body_over_the_limit_gets_413()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(options => options.MaxRequestBytes = 1000, Cancellation);
        using var client = await ApiClient.ConnectAsync(helpScout);
        var json = ApiClient.Webhook;
        json["label"] = new string('x', 1000);

        using var response = await client.PostAsync("v2/webhooks", json);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "a=1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "a=1", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"url\":\"\\ud800\"}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"url\":\"https://example.com\",\"url\":\"https://example.org\"}", HttpStatusCode.BadRequest)]
    public async Task Body_that_is_not_a_JSON_object_is_rejected(string contentType, string body, HttpStatusCode expected)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = await ApiClient.ConnectAsync(helpScout);

        using var response = await client.PostAsync("v2/webhooks", new StringContent(body, Encoding.UTF8, contentType));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Unknown_path_gets_404_and_unknown_method_405()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = await ApiClient.ConnectAsync(helpScout);

        using var path = await client.GetAsync("v2/nothing-here");
        using var method = await client.PutAsync("v2/webhooks", new JsonObject());

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (path.StatusCode, method.StatusCode));
    }

    [Fact]
    public async Task Two_emulators_run_side_by_side()
    {
        await using var one = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        await using var two = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        two.AddWebhook("https://example.com/webhook", "secret");

        Assert.NotEqual(one.Address, two.Address);
        Assert.Equal(("127.0.0.1", 0), (one.Address.Host, one.Webhooks.Count));
    }

    [Fact]
    public async Task Invalid_options_are_reported_all_at_once()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => HelpScoutEmulator.StartAsync(
            options =>
            {
                options.MaxAttempts = 0;
                options.RetrySchedule = [];
                options.Urls = "https://example.com";
            },
            Cancellation));

        Assert.Contains("MaxAttempts", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RetrySchedule", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Urls", exception.Message, StringComparison.Ordinal);
    }

    private Task<HelpScoutEmulator> StartAsync(int? limit) => HelpScoutEmulator.StartAsync(
        options => (options.TimeProvider, options.RequestsPerMinute) = (_clock, limit), Cancellation);
}
