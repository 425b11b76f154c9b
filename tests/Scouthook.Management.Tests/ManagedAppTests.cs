using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Handling;

namespace Scouthook.Management.Tests;

/// <summary>The management API in an app that is not the gateway.</summary>
public sealed class ManagedAppTests
{
    [Fact]
    public async Task Dead_letter_of_a_handler_is_found_and_its_event_replayed()
    {
        var isBroken = true;
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await ManagedApp.StartAsync(builder => builder.Services.AddScouthook()
            .AddHandler<ConversationCreated>("tickets", (_, _, _) =>
            {
                if (Volatile.Read(ref isBroken))
                {
                    throw new GiveUpException("The ticket system does not know the inbox.");
                }

                handled.SetResult();
                return Task.CompletedTask;
            }));

        await app.ReceiveAsync("convo.created");
        var dead = await FirstAsync(app, "/scouthook/api/v1/deliveries?state=deadLettered");
        Assert.Equal(
            ("tickets", "The ticket system does not know the inbox."),
            ((string?)dead["endpointName"], (string?)dead["stateReason"]));

        Volatile.Write(ref isBroken, false);
        using var replay = await app.SendAsync(HttpMethod.Post, $"/scouthook/api/v1/events/{dead["eventId"]}/replay");
        Assert.Equal(HttpStatusCode.Accepted, replay.StatusCode);
        Assert.StartsWith("/scouthook/api/v1/replays/", replay.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await handled.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_responds_outside_the_path()
    {
        await using var app = await ManagedApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/scouthook/api/v1/events"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/scouthook/readyz"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/scouthook/asyncapi.json"));
        foreach (var path in new[] { "/api/v1/events", "/readyz", "/healthz", "/openapi/v1.json", "/asyncapi.json", "/scouthooks/readyz" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, path));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-the-key")]
    public async Task Request_without_a_valid_key_is_rejected(string? key)
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/scouthook/api/v1/events", key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Created_key_works_until_it_is_revoked()
    {
        await using var app = await ManagedApp.StartAsync();

        using var created = await app.SendAsync(
            HttpMethod.Post, "/scouthook/api/v1/keys", body: new JsonObject { ["name"] = "ci", ["role"] = "viewer" });
        var key = JsonNode.Parse(await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var text = (string)key["key"]!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/scouthook/api/v1/events", text));
        using var forbidden = await app.SendAsync(HttpMethod.Get, "/scouthook/api/v1/keys", text);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var revoked = await app.SendAsync(HttpMethod.Delete, $"/scouthook/api/v1/keys/{key["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "/scouthook/api/v1/events", text));
    }

    [Fact]
    public async Task JSON_options_of_the_app_and_of_management_are_independent()
    {
        await using var app = await ManagedApp.StartAsync(
            builder => builder.Services.ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper;
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJsonContext.Default);
            }),
            application =>
            {
                application.MapScouthook();
                application.MapGet("/own", () => TypedResults.Ok(new AppAnswer(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero))));
                application.MapScouthookManagement("/scouthook");
            });
        await app.ReceiveAsync("convo.created");

        var own = await app.GetAsync("/own");
        var stored = (await app.GetAsync("/scouthook/api/v1/events"))["items"]![0]!;

        Assert.Equal("2026-03-02T08:00:00+00:00", (string?)own["CREATED_AT"]);
        Assert.EndsWith("Z", (string?)stored["receivedAt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAPI_document_has_the_path_management_is_mapped_to()
    {
        await using var app = await ManagedApp.StartAsync(map: application =>
        {
            application.MapScouthook();
            application.MapGroup("/internal").MapScouthookManagement("hooks/");
        });

        var document = await app.GetAsync("/internal/hooks/openapi/v1.json");

        Assert.NotNull(document["paths"]!["/api/v1/events"]);
        Assert.Equal("/internal/hooks", (string?)document["servers"]![0]!["url"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/internal/hooks/api/v1/sources"));
    }

    [Fact]
    public void Missing_services_are_named()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddScouthook();
        using var app = (IDisposable)builder.Build();

        var exception = Assert.Throws<InvalidOperationException>(() => ((WebApplication)app).MapScouthookManagement("/scouthook"));

        Assert.Contains("AddScouthookManagement()", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(ManagedApp app, string path, string? key = ManagedApp.AdminKey)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, key);
        return response.StatusCode;
    }

    /// <summary>Waits for the first item of a list.</summary>
    private static async Task<JsonNode> FirstAsync(ManagedApp app, string path)
    {
        while (true)
        {
            if ((await app.GetAsync(path))["items"]!.AsArray() is [{ } first, ..])
            {
                return first;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
