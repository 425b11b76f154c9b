using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Payloads;
using Scouthook.Signing;

namespace Scouthook.Testing.Tests.Sending;

public sealed class HelpScoutRequestTests
{
    private const string Secret = "scouthook-test-secret-0001";

    [Fact]
    public void Request_has_the_headers_of_a_captured_request()
    {
        using var request = HelpScoutRequest.Create("/webhook", SampleEvents.Get("convo.created"), new SigningSecret(Secret));

        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("convo.created", Single(request.Headers, HelpScoutHeaders.Event));
        Assert.Equal("Help Scout/Webhooks", Single(request.Headers, "User-Agent"));
        Assert.Equal("UTF-8", Single(request.Headers, "Accept-Encoding"));
        Assert.Equal("application/json", Single(request.Content!.Headers, "Content-Type"));
        Assert.Equal(SampleEvents.Get("convo.created").Body.Length, request.Content.Headers.ContentLength);
    }

    [Fact]
    public void Signature_matches_the_test_vector()
    {
        var outgoing = new OutgoingEvent("convo.deleted", "{\"id\":4711}"u8.ToArray());

        using var request = HelpScoutRequest.Create("https://example.com/webhook", outgoing, new SigningSecret(Secret));

        Assert.Equal("6SuhMFURWqcm/W0V4MIgWpApEio=", Single(request.Headers, HelpScoutHeaders.Signature));
    }

    [Fact]
    public void Request_can_be_unsigned()
    {
        using var request = HelpScoutRequest.CreateWithSignature("/webhook", SampleEvents.Get("tag.created"), null);

        Assert.False(request.Headers.Contains(HelpScoutHeaders.Signature));
    }

    [Fact]
    public async Task Client_posts_an_event_that_a_receiver_verifies()
    {
        await using var app = await Receiver.StartAsync();

        using var answer = await app.Client.SendHelpScoutEventAsync(
            "/webhook", "customer.updated", Secret, TestContext.Current.CancellationToken);

        var (name, signature, body) = Assert.Single(app.Received);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("customer.updated", name);
        Assert.Equal(SampleEvents.Get("customer.updated").Body.ToArray(), body);
        Assert.Equal(SignatureVerification.Valid, HelpScoutSignature.Verify(signature, body, Secret));
    }

    [Fact]
    public async Task Client_posts_a_typed_event_in_the_wire_format()
    {
        await using var app = await Receiver.StartAsync();

        using var answer = await app.Client.SendHelpScoutEventAsync(
            "/webhook",
            new TagCreated { Tag = new Tag { Id = 7, Name = "café / x" } },
            Secret,
            TestContext.Current.CancellationToken);

        var (name, signature, body) = Assert.Single(app.Received);
        Assert.Equal("tag.created", name);
        Assert.Equal(@"{""id"":7,""name"":""caf\u00e9 \/ x""}", Encoding.UTF8.GetString(body));
        Assert.Equal(SignatureVerification.Valid, HelpScoutSignature.Verify(signature, body, Secret));
    }

    [Fact]
    public void Event_with_neither_body_nor_payload_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => OutgoingEvent.From(new UnknownEvent()));
    }

    [Fact]
    public void Nested_payload_type_is_rejected_as_a_body()
    {
        Assert.Throws<ArgumentException>(() => new OutgoingEvent("convo.created", new Person()));
    }

    private static string Single(HttpHeaders headers, string name) =>
        Assert.Single(headers.NonValidated[name]);

    private sealed class Receiver(WebApplication app, HttpClient client) : IAsyncDisposable
    {
        public HttpClient Client => client;

        public List<(string? Name, string? Signature, byte[] Body)> Received { get; } = [];

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app, new HttpClient());
            app.MapPost("/webhook", receiver.ReceiveAsync);
            await app.StartAsync();
            receiver.Client.BaseAddress = new Uri(app.Urls.Single());
            return receiver;
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await app.DisposeAsync();
        }

        private async Task ReceiveAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            Received.Add((
                context.Request.Headers[HelpScoutHeaders.Event],
                context.Request.Headers[HelpScoutHeaders.Signature],
                body.ToArray()));
        }
    }
}
