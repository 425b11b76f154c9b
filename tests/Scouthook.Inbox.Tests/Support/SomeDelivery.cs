using System.Net;
using Scouthook.Events;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>Builders for deliveries.</summary>
internal static class SomeDelivery
{
    /// <summary>Base64 of 24 bytes, from the examples of Standard Webhooks.</summary>
    public const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static readonly Guid EventId = new("0195557f-3b2e-7a41-9d0c-5f0e6a1b2c3d");
    public static readonly Guid DeliveryId = new("0195557f-3b2e-7a41-9d0c-000000000001");
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public static readonly NetworkPolicy LoopbackAllowed = new()
    {
        AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
    };

    public static DeliveryLease Lease(
        string eventType = "convo.created",
        string source = "default",
        byte[]? body = null,
        string headers = "[]",
        EventState state = EventState.Ok) => new()
        {
            DeliveryId = DeliveryId,
            Endpoint = new WebhookEndpoint
            {
                Id = Guid.Empty,
                Definition = SomeEndpoint.Http(),
                Origin = EndpointOrigin.Api,
                State = EndpointState.Enabled,
                CreatedAt = Some.Instant,
                DispatchedThrough = 0,
            },
            Attempt = 3,
            AttemptSinceReopened = 1,
            IsStarted = true,
            Event = new StoredEvent
            {
                Id = EventId,
                Sequence = 42,
                Source = source,
                EventType = eventType,
                ReceivedAt = Some.Instant,
                Facts = new EventFacts { State = state },
            },
            Body = body ?? """{"id":1,"subject":"Größe"}"""u8.ToArray(),
            Headers = headers,
        };

    public static EndpointSecret Secret(string text)
    {
        Assert.True(EndpointSecret.TryCreate(text, out var secret, out var problem), problem);
        return secret;
    }

    public static EndpointSecrets Secrets(string text = StandardSecret) => new(Secret(text));
}
