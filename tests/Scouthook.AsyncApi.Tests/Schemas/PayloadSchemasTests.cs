using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Schemas;

public sealed class PayloadSchemasTests
{
    private static readonly string[] WaysToSaySomething = ["type", "$ref", "anyOf", "const", "enum"];

    private readonly JsonObject _schemas = Documents.Newest["components"]!["schemas"]!.AsObject();

    [Fact]
    public void No_schema_accepts_everything()
    {
        // No exception is required: values of ChatEvent.params, whose types are not documented, have no schema at all.
        Assert.All(AllSchemas(), schema => Assert.True(
            schema.Node is JsonObject said && said.Any(pair => WaysToSaySomething.Contains(pair.Key)),
            $"{schema.Path} accepts everything."));
    }

    [Fact]
    public void Every_named_schema_and_every_member_has_a_description()
    {
        // A member that is only a reference is described in the list at the end of its object's description.
        var members = _schemas.SelectMany(schema => Members(schema.Value!).Select(member => (
            Path: $"{schema.Key}.{member.Key}",
            Description: member.Value!.AsObject().ContainsKey("$ref")
                ? Text(schema.Value).Split('\n').Single(line => line.StartsWith($"- `{member.Key}`: ", StringComparison.Ordinal))
                : Text(member.Value))));
        var named = _schemas.Select(schema => (Path: schema.Key, Description: Text(schema.Value)));

        Assert.All(named.Concat(members), schema =>
        {
            var description = schema.Description;
            Assert.True(description.Length >= 10, $"{schema.Path} is not described.");
            Assert.DoesNotMatch("[<>](see|c|para|summary|remarks)|cref|langword|Scouthook|ExtensionData|PascalCase", description);
        });
    }

    [Fact]
    public void Reference_has_no_siblings_because_draft_7_ignores_them() => Assert.All(
        AllSchemas().Where(schema => schema.Node!.AsObject().ContainsKey("$ref")),
        schema => Assert.Single(schema.Node!.AsObject()));

    [Fact]
    public void Every_payload_type_is_in_the_contract_under_its_name()
    {
        var types = typeof(HelpScoutPayload).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(HelpScoutPayload))
                || type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IOpenValue<>)));

        Assert.Equal(
            types.Select(type => type.Name).Append("HelpScoutSignature").Order(StringComparer.Ordinal),
            _schemas.Select(schema => schema.Key));
    }

    [Fact]
    public void Titles_are_unique_and_belong_only_to_named_schemas_and_known_values()
    {
        var titles = AllSchemas()
            .Select(schema => (schema.Path, Title: schema.Node!["title"]?.GetValue<string>()))
            .Where(schema => schema.Title is not null)
            .ToArray();

        Assert.Equal(titles.Length, titles.Select(schema => schema.Title).Distinct().Count());
        Assert.All(titles, schema => Assert.Equal(
            schema.Path switch
            {
                _ when schema.Path.EndsWith("|0", StringComparison.Ordinal) => "Known" + schema.Path[..^2],
                _ when HelpScoutEventCatalog.All.Any(type => type.MessageName == schema.Path) =>
                    char.ToUpperInvariant(schema.Path[0]) + schema.Path[1..] + "Headers",
                _ => schema.Path,
            },
            schema.Title));
        Assert.DoesNotContain("allOf", _schemas.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Format_is_given_only_where_every_known_body_matches_it()
    {
        var formats = AllSchemas()
            .Select(schema => (schema.Path, Format: schema.Node!["format"]?.GetValue<string>()))
            .Where(schema => schema.Format is not (null or "int32" or "int64"))
            .ToLookup(schema => schema.Format!, schema => schema.Path.Split(['|', '.'])[..2]);

        Assert.Equal(["date-time", "email", "uri", "uuid"], formats.Select(format => format.Key).Order());
        Assert.Equal(["BeaconChat.beaconId", "BeaconChat.id", "ChatEvent.chatId", "ChatEvent.id"], Paths("uuid"));
        Assert.Equal(
            ["Customer.photoUrl", "Link.href", "Organization.logoUrl", "Person.photoUrl", "RatingCustomer.photoUrl"], Paths("uri"));
        Assert.Contains("RatingUser.email", Paths("email"));
        Assert.Contains("ConversationThread.to", Paths("email"));

        // Help Scout sends the text "unknown" if there is no person; the time of the documented rating has no zone.
        Assert.DoesNotContain("Person.email", Paths("email"));
        Assert.DoesNotContain("Rating.createdAt", Paths("date-time"));

        string[] Paths(string format) =>
            [.. formats[format].Select(steps => string.Join('.', steps)).Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Text_with_known_values_lists_them_and_accepts_any_other()
    {
        var status = _schemas["ConversationStatus"]!;

        Assert.Equal(
            ConversationStatus.Known.Select(known => known.Text),
            status["anyOf"]![0]!["enum"]!.AsArray().Select(text => text!.GetValue<string>()));
        Assert.Equal("KnownConversationStatus", status["anyOf"]![0]!["title"]!.GetValue<string>());
        Assert.Equal("{\"type\":\"string\"}", status["anyOf"]![1]!.ToJsonString());
        Assert.Contains("- Waiting for the customer: `pending`.", status["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Member_may_be_null_exactly_if_it_may_be_absent()
    {
        var members = Members(_schemas["Conversation"]!);

        Assert.Equal("""["string","null"]""", members["subject"]!["type"]!.ToJsonString());
        Assert.Equal("\"string\"", members["preview"]!["type"]!.ToJsonString());
        Assert.DoesNotContain("subject", _schemas["Conversation"]!["required"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"preview\"", _schemas["Conversation"]!["required"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_have_their_wire_names()
    {
        Assert.Contains("social_profiles", Members(_schemas["CustomerEmbedded"]!).Select(member => member.Key));
        Assert.Contains("social-profiles", Members(_schemas["CustomerLinks"]!).Select(member => member.Key));
        Assert.Contains("_embedded", Members(_schemas["Conversation"]!).Select(member => member.Key));
        Assert.Contains("message:dashboard", Members(_schemas["SurveyResponseLinks"]!).Select(member => member.Key));
        Assert.DoesNotContain("extensionData", _schemas.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Schemas_are_valid_draft_7_and_use_no_other_keywords()
    {
        var answers = (await Node.AskAsync(Questions.Schemas(Documents.Newest)))[0]!.AsObject();

        Assert.Equal(_schemas.Count, answers.Count);
        Assert.All(answers, answer => Assert.Equal("", answer.Value!.GetValue<string>()));
    }

    private static string Text(JsonNode? schema) => schema!["description"]?.GetValue<string>() ?? "";

    private static JsonObject Members(JsonNode schema) => schema["properties"]?.AsObject() ?? [];

    private IEnumerable<(string Path, JsonNode? Node)> AllSchemas() =>
        _schemas.SelectMany(schema => Inside(schema.Key, schema.Value)).Concat(
            HelpScoutEventCatalog.All.SelectMany(type => Inside(
                type.MessageName, Documents.Newest["components"]!["messages"]![type.MessageName]!["headers"])));

    /// <summary>Returns a schema and all schemas in it.</summary>
    private static IEnumerable<(string Path, JsonNode? Node)> Inside(string path, JsonNode? schema)
    {
        var parts = new List<(string, JsonNode?)>();
        if (schema is JsonObject said)
        {
            parts.AddRange(Members(said).Select(member => ($"{path}.{member.Key}", member.Value)));
            parts.AddRange((said["anyOf"]?.AsArray() ?? [])
                .Select((choice, index) => ($"{path}|{index}", choice)));
            parts.AddRange(((string[])["items", "additionalProperties"])
                .Where(said.ContainsKey)
                .Select(name => ($"{path}.{name}", said[name])));
        }

        return parts.SelectMany(part => Inside(part.Item1, part.Item2)).Prepend((path, schema));
    }
}
