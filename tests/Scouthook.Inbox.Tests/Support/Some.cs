using System.Buffers;
using System.Globalization;
using System.Text;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Receiving;
using Scouthook.Parsing;
using Scouthook.Settings;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>Builders, so that a test states only what matters to it.</summary>
internal static class Some
{
    public const string Secret = "scouthook-test-secret-0001";

    public static readonly DateTimeOffset Instant = new(2026, 3, 2, 10, 2, 17, TimeSpan.Zero);

    private static int _ids;

    /// <summary>Ascending ids of version 7, created without a clock.</summary>
    public static Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Interlocked.Increment(ref _ids));
        return new Guid(bytes, bigEndian: true);
    }

    public static ResourceReference Conversation(long id) =>
        new(ResourceKind.Conversation, id.ToString(CultureInfo.InvariantCulture));

    public static EventFacts Facts(ResourceReference? resource = null, DateTimeOffset? changedAt = null) => new()
    {
        State = EventState.Ok,
        Resource = resource,
        OrdersWith = resource,
        OccurredAt = changedAt,
        ChangedAt = changedAt,
    };

    public static NewEvent Event(
        string eventType = "convo.created",
        EventFacts? facts = null,
        byte[]? body = null,
        string source = WebhookSource.DefaultName,
        DateTimeOffset? receivedAt = null,
        byte[]? key = null,
        string headers = "[]",
        bool isDeletion = false) => new()
        {
            Id = Id(),
            Source = source,
            EventType = eventType,
            Facts = facts ?? Facts(),
            IsDeletion = isDeletion,
            Body = body ?? "{}"u8.ToArray(),
            Headers = headers,
            ReceivedAt = receivedAt ?? Instant,
            DeduplicationKey = key,
        };

    public static byte[] Key(int number)
    {
        var key = new byte[DeduplicationKey.Length];
        BitConverter.TryWriteBytes(key, number);
        return key;
    }

    /// <summary>A verified request, as the receiving endpoint passes it on.</summary>
    public static ReceivedWebhook Webhook(
        OutgoingEvent outgoing,
        DateTimeOffset? receivedAt = null,
        string source = WebhookSource.DefaultName,
        IMemoryOwner<byte>? owner = null,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null)
    {
        using var secrets = new SigningSecrets(Secret);
        var verification = ReceivedWebhook.Verify(
            headers ?? Headers(outgoing), outgoing.Body, secrets, out var webhook, source, receivedAt ?? Instant, owner);
        Assert.Equal(SignatureVerification.Valid, verification);
        return webhook!;
    }

    /// <summary>The headers of a signed request.</summary>
    public static KeyValuePair<string, string>[] Headers(OutgoingEvent outgoing) =>
    [
        new(HelpScoutHeaders.Event, outgoing.Name),
        new(HelpScoutHeaders.Signature, HelpScoutSignature.Sign(outgoing.Body.Span, Secret)),
    ];

    /// <summary>The event the receiver creates from a request, made with the same code.</summary>
    public static NewEvent Received(
        OutgoingEvent outgoing,
        DateTimeOffset? receivedAt = null,
        string source = WebhookSource.DefaultName,
        bool deduplicate = true) =>
        InboxReceiver.ToNewEvent(Webhook(outgoing, receivedAt, source), new SourceRules(deduplicate));

    /// <summary>Returns random, incompressible bytes.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static OutgoingEvent Outgoing(string name, string body) => new(name, Encoding.UTF8.GetBytes(body));

    private sealed class SourceRules(bool deduplicate) : ISourceRules
    {
        public bool Deduplicates(string source) => deduplicate;
    }
}
