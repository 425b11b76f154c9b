using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>The mapped paths follow the current settings, and every convention applies to them.</summary>
public sealed class MappingTests
{
    private const string ShopSecret = "the secret of the shop";

    private readonly ChangingSource _source = new((Some.SecretKey, Some.Secret));

    [Fact]
    public async Task Source_added_by_a_reload_receives()
    {
        await using var app = await StartAsync(app => app.MapScouthook());
        Assert.Equal(404, await StatusAsync(app, "/webhook/shop"));

        AddShop();

        Assert.Equal(200, await StatusAsync(app, "/webhook/shop"));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal("shop", app.Seen[0].Source);
    }

    [Fact]
    public async Task Source_moved_by_a_reload_receives_only_at_its_new_path()
    {
        await using var app = await StartAsync(app => app.MapScouthook());
        AddShop();

        AddShop(("Scouthook:Sources:shop:Path", "/moved"));

        Assert.Equal(200, await StatusAsync(app, "/moved"));
        Assert.Equal(404, await StatusAsync(app, "/webhook/shop"));
    }

    [Fact]
    public async Task Path_moved_to_another_source_verifies_with_the_secret_of_that_source()
    {
        await using var app = await StartAsync(app => app.MapScouthook());
        AddShop();

        AddShop(("Scouthook:Sources:default:Path", "/webhook/shop"), ("Scouthook:Sources:shop:Path", "/webhook"));

        Assert.Equal(200, await StatusAsync(app, "/webhook"));
        Assert.Equal(200, await StatusAsync(app, "/webhook/shop", Some.Secret));
        Assert.Equal(401, await StatusAsync(app, "/webhook/shop"));
        Assert.Equal(["shop", "default"], app.Seen.Select(seenEvent => seenEvent.Source));
    }

    [Fact]
    public async Task Conventions_of_the_mapping_apply_to_sources_added_later()
    {
        var filtered = 0;
        await using var app = await StartAsync(app => app.MapScouthook()
            .WithMetadata(new Marker())
            .RequireHost("hooks.example.com")
            .AddEndpointFilter(async (context, next) =>
            {
                filtered++;
                return await next(context);
            }));

        AddShop();

        Assert.Equal(404, await StatusAsync(app, "/webhook/shop"));
        Assert.Equal(200, await StatusAsync(app, "/webhook/shop", host: "hooks.example.com"));
        Assert.Equal(1, filtered);
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.Equal(2, endpoints.Count(endpoint => endpoint.Metadata.GetMetadata<Marker>() is not null));
        Assert.All(endpoints, endpoint => Assert.NotNull(
            endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>()));
    }

    [Fact]
    public async Task Groups_and_path_bases_apply_to_sources_added_later()
    {
        await using var app = await StartAsync(
            app => app.MapGroup("/hooks").WithMetadata(new Marker()).MapScouthook(),
            app => app.UsePathBase("/base"));

        AddShop();

        Assert.Equal(200, await StatusAsync(app, "/hooks/webhook/shop"));
        Assert.Equal(200, await StatusAsync(app, "/base/hooks/webhook/shop"));
        Assert.Equal(404, await StatusAsync(app, "/webhook/shop"));
        Assert.Equal(2, app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count(
            endpoint => endpoint.Metadata.GetMetadata<Marker>() is not null));
    }

    [Fact]
    public async Task Invalid_reload_adds_no_path()
    {
        await using var app = await StartAsync(app => app.MapScouthook());

        AddShop(("Scouthook:Receiver:BodyTimeout", "soon"));

        Assert.Equal(404, await StatusAsync(app, "/webhook/shop"));
    }

    [Fact]
    public async Task Pattern_is_the_path_of_the_default_source()
    {
        await using var app = await StartAsync(app => app.MapScouthook("/hooks/helpscout"));
        AddShop(("Scouthook:Sources:default:Path", "/configured"));

        Assert.Equal(200, await StatusAsync(app, "/hooks/helpscout", Some.Secret));
        Assert.Equal(404, await StatusAsync(app, "/webhook", Some.Secret));
        Assert.Equal(404, await StatusAsync(app, "/configured", Some.Secret));
        Assert.Equal(200, await StatusAsync(app, "/webhook/shop"));
        Assert.Equal(
            "/hooks/helpscout",
            app.Services.GetRequiredService<IOptionsMonitor<ScouthookOptions>>().CurrentValue.Sources["default"].Path);
    }

    [Theory]
    [InlineData("/{source}")]
    [InlineData("/webhook/shop")]
    [InlineData("/")]
    public async Task Invalid_or_conflicting_pattern_is_rejected(string pattern)
    {
        _source.Change((Some.SecretKey, Some.Secret), ("Scouthook:Sources:shop:Secrets:0", ShopSecret));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(app => app.MapScouthook(pattern)));

        Assert.Contains("Scouthook:Sources:default:Path", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pattern_without_a_default_source_is_rejected()
    {
        _source.Change(("Scouthook:Sources:shop:Secrets:0", ShopSecret));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(app => app.MapScouthook("/hooks")));

        Assert.Contains("the sources are shop", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static Task<int> StatusAsync(TestApp app, string path, string secret = ShopSecret, string? host = null)
    {
        var request = Some.Request(secret: secret);
        request.Path = path;
        if (host is not null)
        {
            request.Host = host;
        }

        return app.StatusAsync(request);
    }

    private void AddShop(params (string Key, string? Value)[] more) => _source.Change(
    [
        (Some.SecretKey, Some.Secret), ("Scouthook:Sources:shop:Secrets:0", ShopSecret), .. more,
    ]);

    private Task<TestApp> StartAsync(Action<WebApplication> map, Action<WebApplication>? pipeline = null) =>
        TestApp.StartAsync(setup =>
        {
            setup.WithoutSecret();
            setup.Map = map;
            setup.Builder = builder => builder.Configuration.Sources.Add(_source);
            setup.Pipeline = app =>
            {
                pipeline?.Invoke(app);
                app.UseRouting();
            };
        });

    private sealed class Marker;
}
