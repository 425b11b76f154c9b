using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;

namespace Scouthook.Testing;

/// <summary>Writes resources of the account as the API returns them, with links to the emulator.</summary>
internal static class ResourceJson
{
    public static JsonNode Write(HelpScoutPayload payload, Uri address)
    {
        var json = Encoding.UTF8.GetString(BodyWriter.Write(payload));
        return JsonNode.Parse(json.Replace(WebhookBodies.RealAddress, address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal))!;
    }

    /// <summary>Writes a conversation; its threads are embedded only if the request asks for them.</summary>
    public static JsonNode Write(Conversation conversation, bool embedThreads, Uri address) =>
        Write(embedThreads ? conversation : conversation with { Embedded = new() }, address);

    public static JsonNode Write(AccountUser user, Uri address) => new JsonObject
    {
        ["id"] = user.Id,
        ["firstName"] = user.FirstName,
        ["lastName"] = user.LastName,
        ["email"] = user.Email,
        ["role"] = user.Role,
        ["timezone"] = "Etc/UTC",
        ["createdAt"] = Instant(user.CreatedAt),
        ["updatedAt"] = Instant(user.CreatedAt),
        ["type"] = "user",
        ["_links"] = new JsonObject { ["self"] = Link(address, $"v2/users/{user.Id}") },
    };

    public static JsonNode Write(AccountInbox inbox, Uri address) => new JsonObject
    {
        ["id"] = inbox.Id,
        ["name"] = inbox.Name,
        ["slug"] = inbox.Name.ToLowerInvariant().Replace(' ', '-'),
        ["email"] = inbox.Email,
        ["createdAt"] = Instant(inbox.CreatedAt),
        ["updatedAt"] = Instant(inbox.CreatedAt),
        ["_links"] = new JsonObject
        {
            ["fields"] = Link(address, $"v2/mailboxes/{inbox.Id}/fields/"),
            ["folders"] = Link(address, $"v2/mailboxes/{inbox.Id}/folders/"),
            ["self"] = Link(address, $"v2/mailboxes/{inbox.Id}"),
        },
    };

    public static JsonNode Write(AccountFolder folder, long inboxId, Uri address) => new JsonObject
    {
        ["id"] = folder.Id,
        ["name"] = folder.Name,
        ["type"] = folder.Type,
        ["userId"] = 0,
        ["_links"] = new JsonObject { ["mailbox"] = Link(address, $"v2/mailboxes/{inboxId}") },
    };

    public static JsonNode Write(AccountCustomField field)
    {
        var json = new JsonObject { ["id"] = field.Id, ["name"] = field.Name, ["type"] = field.Type, ["required"] = false };
        if (field.Options.Count > 0)
        {
            json["options"] = new JsonArray(
                [.. field.Options.Select(option => new JsonObject { ["id"] = option.Key, ["label"] = option.Value })]);
        }

        return json;
    }

    private static JsonObject Link(Uri address, string path) => new() { ["href"] = new Uri(address, path).AbsoluteUri };

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
