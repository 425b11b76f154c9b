using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.Testing;

/// <summary>Writes the body of an event as the options of the emulator say.</summary>
internal sealed class WebhookBodies(HelpScoutEmulatorOptions options, Func<Uri> address)
{
    private const string RealAddress = "https://api.helpscout.net";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Full(AccountEvent happened)
    {
        if (options is { EmbeddedThreads: null, EmbedLineItems: true, MaxBodyBytes: null, LinkToEmulator: false })
        {
            return options.Encoding is BodyEncoding.Php ? happened.Event.Body.ToArray() : happened.ToUtf8();
        }

        var body = JsonNode.Parse(happened.ToUtf8())!;
        if (body["_embedded"]?["threads"] is JsonArray threads)
        {
            Trim(body, threads);
        }

        return Encode(body.ToJsonString(Plain));
    }

    public byte[] Notification(string resourcePath) => Encode(options.NotificationBody(new Uri(RealAddress + resourcePath)));

    private void Trim(JsonNode body, JsonArray threads)
    {
        if (!options.EmbedLineItems)
        {
            threads.RemoveAll(thread => (string?)thread!["type"] == "lineitem");
        }

        while (threads.Count > (options.EmbeddedThreads ?? int.MaxValue)
            || (threads.Count > 0 && Encode(body.ToJsonString(Plain)).Length > options.MaxBodyBytes))
        {
            threads.RemoveAt(threads.Count - 1);
        }
    }

    private byte[] Encode(string json)
    {
        var text = options.LinkToEmulator ? json.Replace(RealAddress, address().AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal) : json;
        var bytes = Encoding.UTF8.GetBytes(text);
        return options.Encoding is BodyEncoding.Php ? PhpJson.Rewrite(bytes) : bytes;
    }
}
