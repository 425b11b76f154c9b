using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Testing.Tests.Support;

namespace Scouthook.Testing.Tests.Emulating;

/// <summary>Source of the answers: <c>/mailbox-api/overview/authentication</c>.</summary>
public sealed class TokenTests
{
    private const string Path = "v2/oauth2/token";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forms => ["json", "form", "query"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Client_credentials_get_a_token_for_two_days(string form)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await RequestAsync(client, form, ("grant_type", "client_credentials"));
        var body = await ApiClient.JsonAsync(response);
        client.Authorize((string)body["access_token"]!);
        using var authorized = await client.GetAsync("v2/webhooks");

        Assert.Equal(
            (HttpStatusCode.OK, "bearer", 172800, HttpStatusCode.OK),
            (response.StatusCode, (string?)body["token_type"], (int)body["expires_in"]!, authorized.StatusCode));
        Assert.Null(body["refresh_token"]);
    }

    [Theory]
    [InlineData("someone", "scouthook")]
    [InlineData("scouthook", "wrong")]
    [InlineData("scouthook", null)]
    public async Task Wrong_credentials_get_401(string id, string? secret)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await client.PostAsync(
            Path, new JsonObject { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("")]
    public async Task Other_grant_types_get_400(string grantType)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await RequestAsync(client, "json", ("grant_type", grantType));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Body_that_is_not_a_JSON_object_gets_400()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await client.PostAsync(Path, new StringContent("{", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Refresh_token_gets_a_new_token_once()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);
        using var approved = await RequestAsync(client, "json", ("grant_type", "authorization_code"), ("code", "scouthook"));
        var refreshToken = (string)(await ApiClient.JsonAsync(approved))["refresh_token"]!;

        using var first = await RequestAsync(client, "form", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));
        using var second = await RequestAsync(client, "form", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));
        var refreshed = await ApiClient.JsonAsync(first);
        client.Authorize((string)refreshed["access_token"]!);
        using var authorized = await client.GetAsync("v2/webhooks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, second.StatusCode));
        Assert.Equal(HttpStatusCode.OK, authorized.StatusCode);
        Assert.NotEqual(refreshToken, (string?)refreshed["refresh_token"]);
    }

    [Theory]
    [InlineData("authorization_code", "code")]
    [InlineData("refresh_token", "refresh_token")]
    public async Task Unknown_code_or_refresh_token_gets_401(string grantType, string parameter)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await RequestAsync(client, "json", ("grant_type", grantType), (parameter, "unknown"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Token_expires()
    {
        var clock = new FakeTimeProvider();
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => (options.TimeProvider, options.TokenLifetime) = (clock, TimeSpan.FromHours(1)), Cancellation);
        using var client = await ApiClient.ConnectAsync(helpScout);

        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        using var before = await client.GetAsync("v2/webhooks");
        clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await client.GetAsync("v2/webhooks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Revoked_token_gets_401_and_a_new_one_works()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = await ApiClient.ConnectAsync(helpScout);

        helpScout.RevokeTokens();
        using var revoked = await client.GetAsync("v2/webhooks");
        await client.SignInAsync(helpScout);
        using var renewed = await client.GetAsync("v2/webhooks");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (revoked.StatusCode, renewed.StatusCode));
    }

    [Theory]
    [InlineData("v2/webhooks")]
    [InlineData("v2/conversations")]
    [InlineData("v2/nothing-here")]
    public async Task Request_without_a_token_gets_401(string path)
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: Cancellation);
        using var client = new ApiClient(helpScout);

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Unauthorized", (string?)(await ApiClient.JsonAsync(response))["message"]);
    }

    [Fact]
    public async Task Configured_credentials_are_the_ones_that_count()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(
            options => (options.ClientId, options.ClientSecret) = ("app", "other"), Cancellation);
        using var client = new ApiClient(helpScout);

        using var old = await RequestAsync(client, "json", ("grant_type", "client_credentials"));
        await client.SignInAsync(helpScout);

        Assert.Equal((HttpStatusCode.Unauthorized, "app", "other"), (old.StatusCode, helpScout.ClientId, helpScout.ClientSecret));
    }

    private static Task<HttpResponseMessage> RequestAsync(ApiClient client, string form, params (string Name, string Value)[] parameters)
    {
        var all = parameters.Append(("client_id", "scouthook")).Append(("client_secret", "scouthook"))
            .ToDictionary(parameter => parameter.Item1, parameter => parameter.Item2);
        return form switch
        {
            "json" => client.PostAsync(Path, new JsonObject(all.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)part.Value)))),
            "form" => client.PostAsync(Path, new FormUrlEncodedContent(all)),
            _ => client.PostAsync($"{Path}?{string.Join('&', all.Select(part => $"{part.Key}={part.Value}"))}", (HttpContent?)null),
        };
    }
}
