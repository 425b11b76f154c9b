using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Receiving inside apps with many other features.</summary>
public sealed class HostileAppTests
{
    [Fact]
    public async Task Fallback_policy_antiforgery_exception_handler_and_fallback_route_change_no_response()
    {
        await using var app = await StartBusyAppAsync();
        var failing = Some.Request(eventName: "tag.updated");
        var get = Some.Request();
        get.Method = "GET";
        var head = Some.Request();
        head.Method = "HEAD";
        var form = Some.Request().With("Content-Type", "application/x-www-form-urlencoded");

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(200, await app.StatusAsync(form));
        Assert.Equal(200, await app.StatusAsync(Some.Request("junk"u8.ToArray(), "nobody.knows")));
        var unauthorized = await app.SendAsync(Some.Request(secret: "wrong"));
        Assert.Equal((401, "application/problem+json"), (unauthorized.Status, unauthorized["Content-Type"]));
        Assert.Null(unauthorized["Location"]);
        Assert.Equal(401, await app.StatusAsync(new RawRequest { Body = Some.Body }));
        var notAllowed = await app.SendAsync(get);
        Assert.Equal((405, "POST"), (notAllowed.Status, notAllowed["Allow"]));
        Assert.Equal(405, await app.StatusAsync(head));
        var tooLarge = await app.SendAsync(Some.Request(Some.Bytes(5_001)));
        Assert.Equal((413, "application/problem+json"), (tooLarge.Status, tooLarge["Content-Type"]));
        var failed = await app.SendAsync(failing);
        Assert.Equal((500, "application/problem+json"), (failed.Status, failed["Content-Type"]));
    }

    [Fact]
    public async Task Other_routes_of_the_app_stay_protected()
    {
        await using var app = await StartBusyAppAsync();

        Assert.Equal(302, await app.StatusAsync(new RawRequest { Method = "GET", Path = "/private" }));
        Assert.Equal(418, await app.StatusAsync(new RawRequest { Method = "GET", Path = "/webhook/nothing-here" }));
    }

    [Fact]
    public async Task Hosts_can_be_required()
    {
        await using var app = await TestApp.StartAsync(setup =>
            setup.Map = app => app.MapScouthook().RequireHost("hooks.example.com"));
        var right = Some.Request();
        right.Host = "hooks.example.com";

        Assert.Equal(404, await app.StatusAsync(Some.Request()));
        Assert.Equal(200, await app.StatusAsync(right));
    }

    [Fact]
    public async Task Requests_can_be_rate_limited()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Builder = builder => builder.Services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                options.AddConcurrencyLimiter("none", limiter => limiter.PermitLimit = 1);
                options.AddFixedWindowLimiter("two", limiter =>
                {
                    limiter.PermitLimit = 2;
                    limiter.Window = TimeSpan.FromHours(1);
                    limiter.AutoReplenishment = false;
                    limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
                });
            });
            setup.Pipeline = app => app.UseRateLimiter();
            setup.Map = app => app.MapScouthook().RequireRateLimiting("two").WithMetadata("mine");
        });

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "wrong")));
        Assert.Equal(429, await app.StatusAsync(Some.Request()));
    }

    [Fact]
    public async Task Paths_can_be_mapped_below_a_group()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Map = endpoints => endpoints.MapGroup("/hooks").MapScouthook());
        var request = Some.Request();
        request.Path = "/hooks/webhook";

        Assert.Equal(200, await app.StatusAsync(request));
        Assert.Equal(404, await app.StatusAsync(Some.Request()));
    }

    [Fact]
    public async Task Endpoints_are_excluded_from_the_API_description_of_the_app()
    {
        await using var app = await TestApp.StartAsync();

        var endpoint = Assert.Single(app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .Endpoints);

        Assert.True(endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>()!
            .ExcludeFromDescription);
        Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>());
        Assert.False(endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata>()!
            .RequiresValidation);
    }

    private static Task<TestApp> StartBusyAppAsync() => TestApp.StartAsync(setup =>
    {
        setup.With("Scouthook:Receiver:MaxBodyBytes", "5000");
        setup.Scouthook = scouthook => scouthook.AddHandler<TagUpdated>((_, _) => throw new InvalidOperationException());
        setup.Builder = builder =>
        {
            builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            builder.Services.AddAntiforgery();
            builder.Services.AddProblemDetails();
            builder.Services.AddResponseCompression();
            builder.Services.AddRequestDecompression();
            builder.Services.AddCors();
        };
        setup.Pipeline = app =>
        {
            app.UseExceptionHandler("/error");
            app.UseStatusCodePages();
            app.UseResponseCompression();
            app.UseRequestDecompression();
            app.UseRouting();
            app.UseCors();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseAntiforgery();
        };
        setup.Map = app =>
        {
            app.Map("/error", () => Results.StatusCode(StatusCodes.Status410Gone)).AllowAnonymous();
            app.MapGet("/private", () => "secret");
            app.MapFallback(() => Results.StatusCode(StatusCodes.Status418ImATeapot)).AllowAnonymous();
            app.MapScouthook();
        };
    });
}
