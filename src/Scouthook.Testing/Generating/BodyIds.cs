using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Events;

namespace Scouthook.Testing.Generating;

/// <summary>Finds the ids of a sample that are new in every event, and replaces them.</summary>
/// <remarks>
/// First the members where an id identifies something are read, then every occurrence of such an id is replaced: as a
/// member, as a key, and as a segment of a link. So all references to the same object stay consistent.
/// </remarks>
internal static class BodyIds
{
    private const string NobodyId = "0";
    private const string HelpScoutId = "1";

    public static Dictionary<string, IdKind> Find(JsonObject body, HelpScoutEventType type)
    {
        var found = new Dictionary<string, IdKind>(StringComparer.Ordinal);
        Find(body, "", type, found);
        Add(found, body["id"], KindOf(type.Resource));
        Add(found, body["number"], IdKind.ConversationNumber);
        if (type.Resource is ResourceKind.User)
        {
            Add(found, body["userId"], IdKind.User);
        }

        return found;
    }

    public static void Replace(JsonObject body, Dictionary<string, IdKind> found, FreshIds ids) =>
        Replace(body, found.ToDictionary(id => id.Key, id => Next(id.Value, ids), StringComparer.Ordinal));

    private static string Next(IdKind kind, FreshIds ids) => kind is IdKind.Uuid
        ? ids.NextUuid()
        : ids.Next(kind).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Find(JsonNode? node, string role, HelpScoutEventType type, Dictionary<string, IdKind> found)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Find(item, role, type, found);
                }

                break;
            case JsonObject map:
                Add(found, map["id"], KindOf(role, map));
                foreach (var (name, value) in map)
                {
                    Add(found, value, KindOfReference(name));
                    Find(value, name, type, found);
                }

                break;
        }
    }

    private static IdKind? KindOf(ResourceKind? resource) => resource switch
    {
        ResourceKind.Conversation => IdKind.Conversation,
        ResourceKind.Customer => IdKind.Customer,
        ResourceKind.Rating => IdKind.Rating,
        ResourceKind.Chat => IdKind.Uuid,
        ResourceKind.Tag => IdKind.Tag,
        ResourceKind.Organization => IdKind.Organization,
        _ => null,
    };

    /// <summary>
    /// Returns the kind of an object from the name of its member; persons state themselves whether they are customers.
    /// </summary>
    private static IdKind? KindOf(string role, JsonObject map) => role switch
    {
        "threads" => IdKind.Thread,
        "attachments" => IdKind.Attachment,
        "tags" => IdKind.Tag,
        "events" => IdKind.Uuid,
        "emails" or "phones" or "chats" or "social_profiles" or "websites" => IdKind.ContactEntry,
        "customer" or "primaryCustomer" => IdKind.Customer,
        _ when map["type"] is JsonValue value && value.GetValueKind() is JsonValueKind.String
            && value.GetValue<string>() == "customer" => IdKind.Customer,
        _ => null,
    };

    private static IdKind? KindOfReference(string name) => name switch
    {
        "conversationId" or "linkedConversationId" or "originalConversation" => IdKind.Conversation,
        "conversationNumber" => IdKind.ConversationNumber,
        "threadId" => IdKind.Thread,
        "customerId" => IdKind.Customer,
        "organizationId" => IdKind.Organization,
        "chatId" => IdKind.Uuid,
        _ => null,
    };

    private static void Add(Dictionary<string, IdKind> found, JsonNode? id, IdKind? kind)
    {
        if (kind is { } known && id is JsonValue value && Text(value) is { } text && text is not (NobodyId or HelpScoutId))
        {
            found.TryAdd(text, known);
        }
    }

    private static void Replace(JsonNode node, Dictionary<string, string> fresh)
    {
        switch (node)
        {
            case JsonArray list:
                for (var position = 0; position < list.Count; position++)
                {
                    if (Replaced(list[position], "", fresh) is { } replaced)
                    {
                        list[position] = replaced;
                    }
                }

                break;
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    if (Replaced(value, name, fresh) is { } replaced)
                    {
                        map[name] = replaced;
                    }

                    if (fresh.TryGetValue(name, out var key))
                    {
                        var position = map.IndexOf(name);
                        var moved = map[name];
                        map.RemoveAt(position);
                        map.Insert(position, key, moved);
                    }
                }

                break;
        }
    }

    private static JsonNode? Replaced(JsonNode? node, string name, Dictionary<string, string> fresh)
    {
        if (node is not JsonValue value)
        {
            if (node is not null)
            {
                Replace(node, fresh);
            }

            return null;
        }

        var text = Text(value);
        if (text is null)
        {
            return null;
        }

        if (IsId(name) && fresh.TryGetValue(text, out var id))
        {
            return value.GetValueKind() is JsonValueKind.Number ? JsonNode.Parse(id) : JsonValue.Create(id);
        }

        return text.StartsWith("https://", StringComparison.Ordinal)
            ? JsonValue.Create(string.Join('/', text.Split('/').Select(part => fresh.GetValueOrDefault(part, part))))
            : null;
    }

    private static bool IsId(string name) =>
        name is "id" or "number" or "conversationNumber" or "originalConversation"
        || name.EndsWith("Id", StringComparison.Ordinal)
        || name.EndsWith("By", StringComparison.Ordinal);

    private static string? Text(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };
}
