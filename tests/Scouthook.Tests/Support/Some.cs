using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Tests.Support;

/// <summary>Builders, so that a test states only what matters to it.</summary>
internal static class Some
{
    public const string Secret = "scouthook-test-secret-0001";

    public static readonly DateTimeOffset Instant = new(2026, 3, 2, 10, 2, 17, TimeSpan.Zero);

    public static Gen<string> Secrets { get; } = Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char['!', '\ud7ff'])
        .Array[1, 60].Select(characters => new string(characters))
        .Where(text => !string.IsNullOrWhiteSpace(text));

    public static HelpScoutEvent Event(string? name, string body) =>
        WebhookParser.Parse(name, Encoding.UTF8.GetBytes(body));

    public static HelpScoutEvent Event(string? name, JsonNode body) => Event(name, body.ToJsonString());

    public static HelpScoutEvent Event(string? name, byte[] body) => WebhookParser.Parse(name, body);

    public static EventFacts Facts(string? name, string body) => Facts(name, Encoding.UTF8.GetBytes(body));

    public static EventFacts Facts(string? name, byte[] body) =>
        FactsReader.Read(HelpScoutEventCatalog.Find(name), body);

    public static string ReasonOf(HelpScoutEvent helpScoutEvent) =>
        Xunit.Assert.IsType<UnreadableEvent>(helpScoutEvent).Reason;

    /// <summary>The headers of a request, signed with <see cref="Secret"/>.</summary>
    public static KeyValuePair<string, string>[] Headers(string name, byte[] body) =>
    [
        new(HelpScoutHeaders.Event, name), new(HelpScoutHeaders.Signature, HelpScoutSignature.Sign(body, Secret)),
    ];

    public static ReceivedWebhook Webhook(
        string name = "convo.deleted",
        byte[]? body = null,
        string source = WebhookSource.DefaultName,
        IMemoryOwner<byte>? owner = null)
    {
        using var secrets = new SigningSecrets(Secret);
        var bytes = body ?? (Samples.Names.Contains(name) ? Samples.Body(name) : "{}"u8.ToArray());
        ReceivedWebhook.Verify(Headers(name, bytes), bytes, secrets, out var webhook, source, Instant, owner);
        return webhook!;
    }

    public static ReceivedWebhook Webhook(string name, string body) => Webhook(name, Encoding.UTF8.GetBytes(body));
}
