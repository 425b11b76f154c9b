using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scouthook.Management.Tests;

/// <summary>Management behind the app's own authorization policies.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData("nobody", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("support", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("oncall", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("owner", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Role_is_that_of_the_highest_policy_the_caller_satisfies(
        string group, HttpStatusCode list, HttpStatusCode body, HttpStatusCode keys)
    {
        await using var app = await StartAsync();
        await app.ReceiveAsync("convo.created");
        var id = (string?)(await app.GetAsync("/scouthook/api/v1/events", "owner"))["items"]![0]!["id"];

        Assert.Equal(list, await StatusAsync(app, "/scouthook/api/v1/events", group));
        Assert.Equal(body, await StatusAsync(app, $"/scouthook/api/v1/events/{id}/body", group));
        Assert.Equal(keys, await StatusAsync(app, "/scouthook/api/v1/keys", group));
    }

    [Fact]
    public async Task Unauthenticated_caller_is_challenged_by_the_app()
    {
        await using var app = await StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/scouthook/api/v1/events", key: null);

        Assert.Equal((HttpStatusCode.Unauthorized, "App"), (response.StatusCode, response.Headers.WwwAuthenticate.ToString()));
    }

    [Fact]
    public async Task Audit_log_names_the_user_of_the_app()
    {
        await using var app = await StartAsync();
        using var created = await app.SendAsync(
            HttpMethod.Post, "/scouthook/api/v1/endpoints", "owner",
            new JsonObject { ["name"] = "crm", ["url"] = "https://crm.example.com/hook" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var entry = (await app.GetAsync("/scouthook/api/v1/audit", "owner"))["items"]![0]!;

        Assert.Equal(("endpoint.create", "pat of owner"), ((string?)entry["action"], (string?)entry["actor"]));
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.Forbidden)]
    [InlineData("support", HttpStatusCode.OK)]
    public async Task Dashboard_is_for_users_that_a_policy_admits(string group, HttpStatusCode expected)
    {
        await using var app = await StartAsync();

        Assert.Equal(expected, await StatusAsync(app, "/scouthook/", group));
        Assert.Equal(expected, await StatusAsync(app, "/scouthook/events", group));
    }

    [Fact]
    public async Task Dashboard_leaves_signing_in_to_the_app()
    {
        await using var app = await StartAsync();

        using var page = await app.SendAsync(HttpMethod.Get, "/scouthook/events", key: null);

        Assert.Equal((HttpStatusCode.Unauthorized, "App"), (page.StatusCode, page.Headers.WwwAuthenticate.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, "/scouthook/sign-in", "owner"));
    }

    [Fact]
    public async Task Missing_policy_stops_the_app_and_is_named()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(viewerPolicy: "misspelt"));

        Assert.Contains("misspelt", exception.Message, StringComparison.Ordinal);
    }

    private static Task<ManagedApp> StartAsync(string viewerPolicy = "support") => ManagedApp.StartAsync(
        builder =>
        {
            builder.Services.AddAuthentication("App").AddScheme<AuthenticationSchemeOptions, GroupAuthentication>("App", null);
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("support", policy => policy.RequireClaim("group", "support", "oncall", "owner"))
                .AddPolicy("oncall", policy => policy.RequireClaim("group", "oncall", "owner"))
                .AddPolicy("owner", policy => policy.RequireClaim("group", "owner"));
        },
        options: management =>
        {
            management.ViewerPolicy = viewerPolicy;
            management.OperatorPolicy = "oncall";
            management.AdminPolicy = "owner";
        });

    private static async Task<HttpStatusCode> StatusAsync(ManagedApp app, string path, string? group)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, group);
        return response.StatusCode;
    }

    /// <summary>An authentication scheme of the app, in which the bearer token is the user's group.</summary>
    private sealed class GroupAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization.ToString().Split(' ') is not [_, { } group])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new("group", group), new(ClaimTypes.Name, $"pat of {group}")], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.StatusCode = 401;
            Response.Headers.WWWAuthenticate = Scheme.Name;
            return Task.CompletedTask;
        }
    }
}
