using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;
using Scouthook.Testing.Samples;

namespace Scouthook.Testing;

/// <summary>Writes the body of an event as the options of the emulator say.</summary>
internal sealed class WebhookBodies(HelpScoutEmulatorOptions options, Func<Uri> address)
{
    public const string RealAddress = "https://api.helpscout.net";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the body.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="threads">All threads of the conversation if line items are embedded.</param>
    /// <param name="kind">The form.</param>
    public byte[] Write(AccountEvent happened, IReadOnlyList<ConversationThread>? threads, BodyKind kind)
    {
        if (kind is BodyKind.Notification)
        {
            return Encode(options.NotificationBody(new Uri(RealAddress + happened.ResourcePath)));
        }

        var plain = threads is not null && happened.Payload is Conversation conversation
            ? BodyWriter.Write(conversation with { Embedded = new() { Threads = [.. threads.Take(options.EmbeddedThreads)] } })
            : happened.ToUtf8();
        if (kind is BodyKind.FullWithSystemUsers && happened.Payload is Conversation)
        {
            plain = WithSystemUsers(plain);
        }

        var body = Encode(Encoding.UTF8.GetString(plain));
        return body.Length > options.MaxBodyBytes ? Trim(plain, body) : body;
    }

    /// <summary>Gives AI agents the type that they have since payload version 3.</summary>
    private static byte[] WithSystemUsers(byte[] plain)
    {
        var json = JsonNode.Parse(plain)!;
        Change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString(Plain));

        static void Change(JsonNode? node)
        {
            if (node is JsonObject person && person["id"] is { } id && person["type"] is { } type
                && id.GetValueKind() is JsonValueKind.Number && id.GetValue<long>() == Company.AiAnswersId
                && (string?)type == PersonType.User.Text)
            {
                person["type"] = PersonType.SystemUser.Text;
            }

            foreach (var child in node switch
            {
                JsonObject parent => parent.Select(member => member.Value).ToList(),
                JsonArray parent => [.. parent],
                _ => [],
            })
            {
                Change(child);
            }
        }
    }

    private byte[] Trim(byte[] plain, byte[] body)
    {
        var json = JsonNode.Parse(plain)!;
        if (json["_embedded"]?["threads"] is JsonArray threads)
        {
            while (threads.Count > 0 && body.Length > options.MaxBodyBytes)
            {
                threads.RemoveAt(threads.Count - 1);
                body = Encode(json.ToJsonString(Plain));
            }
        }

        return body;
    }

    private byte[] Encode(string json)
    {
        var text = options.LinkToEmulator
            ? json.Replace(RealAddress, address().AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
            : json;
        var bytes = Encoding.UTF8.GetBytes(text);
        return options.Encoding is BodyEncoding.Php ? PhpJson.Rewrite(bytes) : CompactJson.Rewrite(bytes, escape: false);
    }
}
