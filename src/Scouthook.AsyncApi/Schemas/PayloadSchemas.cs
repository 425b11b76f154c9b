using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Scouthook.AsyncApi.Describing;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>Writes the payload types as JSON Schemas of draft 7, each named type once.</summary>
/// <remarks>
/// It walks the metadata used to read bodies, so every member that is read is described. Not <c>JsonSchemaExporter</c>:
/// that one writes <c>true</c> for every type with a custom converter, and repeats named types or refers to their
/// first occurrence.
/// </remarks>
internal sealed class PayloadSchemas
{
    private readonly JsonSerializerOptions _json;
    private readonly Comments _comments;
    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);

    /// <param name="json">The options that payloads are read with.</param>
    public PayloadSchemas(JsonSerializerOptions json)
    {
        _json = json;
        _comments = Comments.Load(WordFor);
    }

    /// <summary>The schemas written so far, by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Components => _components;

    public Comments Comments => _comments;

    /// <summary>Writes a payload type, and the types of its members.</summary>
    /// <returns>A reference to it.</returns>
    public JsonObject Refer(Type type)
    {
        if (!_components.ContainsKey(type.Name))
        {
            // Added before it is filled: a type may contain itself.
            var schema = new JsonObject();
            _components[type.Name] = schema;
            if (OpenValueSchema.IsOpenValue(type))
            {
                OpenValueSchema.Fill(schema, type, _comments);
            }
            else
            {
                Fill(schema, type);
            }
        }

        return SchemaName.Reference(type.Name);
    }

    /// <summary>
    /// Returns the JSON name of a member that a comment refers to: a member of an object, or a known value.
    /// </summary>
    private string WordFor(string declaringType, string name)
    {
        var type = typeof(HelpScoutPayload).Assembly.GetType(declaringType, throwOnError: true)!;
        return OpenValueSchema.IsOpenValue(type)
            ? OpenValueSchema.Text(type.GetProperty(name)!.GetValue(null)!)
            : $"{type.Name}.{Members(type).Single(member => Property(member).Name == name).Name}";
    }

    private void Fill(JsonObject schema, Type type)
    {
        var members = Members(type);
        var shapes = members.ToDictionary(
            member => member.Name, member => MemberSchema.Write(member, _comments.Describe(Property(member)), Refer));
        schema["title"] = type.Name;
        schema["type"] = "object";
        schema["description"] = Describe(type, members.Where(member => MemberSchema.IsReference(shapes[member.Name])));
        var required = members.Where(MemberSchema.IsAlwaysPresent).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(member => (JsonNode)member.Name)]);
        }

        if (members.Length > 0)
        {
            schema["properties"] = new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)shapes[member.Name])));
        }
    }

    /// <summary>Describes a type, and those of its members that are plain references.</summary>
    private string Describe(Type type, IEnumerable<JsonPropertyInfo> references)
    {
        var members = references.Select(member => $"- `{member.Name}`: {_comments.Describe(Property(member))}").ToArray();
        var description = _comments.Describe(type);
        return members.Length == 0 ? description : $"{description}\n\n{string.Join('\n', members)}";
    }

    /// <summary>Extension data is not a member: it contains all members that this version does not know.</summary>
    private JsonPropertyInfo[] Members(Type type) =>
        [.. _json.GetTypeInfo(type).Properties.Where(member => !member.IsExtensionData)];

    private static PropertyInfo Property(JsonPropertyInfo member) => (PropertyInfo)member.AttributeProvider!;
}
