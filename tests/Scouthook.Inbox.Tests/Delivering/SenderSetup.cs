using System.Net;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A sender with a clock, settings and name resolution controlled by a test.</summary>
internal sealed class SenderSetup : IDisposable
{
    private readonly WebhookSender _sender;

    public SenderSetup(NetworkPolicy? settings = null, TimeProvider? time = null, params IPAddress[][] answers)
    {
        Settings = settings ?? SomeDelivery.LoopbackAllowed;
        var left = new Queue<IPAddress[]>(answers);
        _sender = new WebhookSender(
            new NetworkGuard(
                () => Settings,
                (host, _) =>
                {
                    Asked.Add(host);
                    return Task.FromResult(left.Count > 0 ? left.Dequeue() : []);
                }),
            time ?? Time);
    }

    public NetworkPolicy Settings { get; set; }

    public FakeTimeProvider Time { get; } = new(Some.Instant);

    /// <summary>The names that were resolved, in order.</summary>
    public List<string> Asked { get; } = [];

    public Task<AttemptResult> SendAsync(
        Uri url, DeliveryLease? lease = null, EndpointSecrets? secrets = null, TimeSpan? timeout = null) =>
        _sender.SendAsync(
            url,
            lease ?? SomeDelivery.Lease(),
            secrets ?? SomeDelivery.Secrets(),
            timeout ?? SomeDelivery.Timeout,
            TestContext.Current.CancellationToken).InTime();

    public Task<AttemptResult> SendAsync(Uri url, CancellationToken cancellationToken) => _sender.SendAsync(
        url, SomeDelivery.Lease(), SomeDelivery.Secrets(), SomeDelivery.Timeout, cancellationToken).InTime();

    public void Dispose() => _sender.Dispose();
}
