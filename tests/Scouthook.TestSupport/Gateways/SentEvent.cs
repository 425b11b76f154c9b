using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A sent event, identified by the hash of its body.</summary>
internal sealed class SentEvent(string name, byte[] body)
{
    public string Name { get; } = name;

    public byte[] Body { get; } = body;

    public string Hash { get; } = Convert.ToHexString(SHA256.HashData(body));

    public static SentEvent From(OutgoingEvent outgoing) => new(outgoing.Name, outgoing.Body.ToArray());

    /// <summary>Returns the id in its body.</summary>
    public long Id() => (long)JsonNode.Parse(Body)!["id"]!;

    /// <summary>The signed request, with the headers that Help Scout sends.</summary>
    public RawRequest Request(string secret = GatewaySetup.Secret, string path = "/webhook") =>
        Unsigned(path).Signed(HelpScoutSignature.Sign(Body, secret));

    public RawRequest Unsigned(string path = "/webhook") => new RawRequest { Path = path, Body = Body }
        .With("Content-Type", "application/json")
        .With("X-HelpScout-Event", Name)
        .With("User-Agent", "Help Scout/Webhooks")
        .With("Accept", "*/*")
        .With("Accept-Encoding", "UTF-8");
}
