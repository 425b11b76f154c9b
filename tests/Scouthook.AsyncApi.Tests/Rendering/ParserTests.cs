using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;

namespace Scouthook.AsyncApi.Tests.Rendering;

/// <summary>The documents, as parsed by AsyncAPI's own parser.</summary>
public sealed class ParserTests
{
    private const int Information = 2;

    // Parsing takes seconds, so all tests share the same four results.
    private static readonly Lazy<Task<JsonArray>> Readings = new(() => Node.AskAsync(
        [.. AsyncApiVersion.All.Select(AsyncApiDocument.Create)
            .SelectMany(document => (string[])[document.ToYaml(), document.ToJson()])
            .Select(Questions.Parse)]));

    public static TheoryData<string> Versions => Documents.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task AsyncAPI_parser_accepts_the_document_without_errors_or_warnings(string version)
    {
        var readings = await ReadAsync(version);

        Assert.All(readings, reading => Assert.DoesNotContain(
            reading["diagnostics"]!.AsArray(), diagnostic => diagnostic!["severity"]!.GetValue<int>() < Information));
        Assert.All(readings, reading => Assert.Equal(version, reading["version"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Spectral_reports_no_errors_or_warnings_by_its_AsyncAPI_rules()
    {
        var files = AsyncApiVersion.All.Select(version => Repository.PathOf($"contract/helpscout-webhooks.asyncapi-{version}.yaml"));

        var findings = (await Node.AskAsync(Questions.Lint(files)))[0]!.AsArray();

        // It always reports that a newer version of AsyncAPI exists, which shows that it read both documents.
        Assert.Equal(2, findings.Count(finding => finding!["code"]!.GetValue<string>() == "asyncapi-latest-version"));
        Assert.DoesNotContain(findings, finding => finding!["severity"]!.GetValue<int>() < Information);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Single_channel_has_one_operation_with_the_26_messages_of_the_catalogue(string version)
    {
        var names = HelpScoutEventCatalog.All.Select(type => type.MessageName).ToArray();

        var parsed = (await ReadAsync(version))[0];

        Assert.Equal("/webhook", Assert.Single(Texts(parsed["channels"])));
        var operation = Assert.Single(parsed["operations"]!.AsArray())!;
        Assert.Equal("receiveHelpScoutWebhook", operation["id"]!.GetValue<string>());
        Assert.Equal(version[0] == '2' ? "publish" : "receive", operation["action"]!.GetValue<string>());
        Assert.Equal(26, names.Length);
        Assert.Equal(names, Texts(operation["messages"]));
        Assert.Equal(names, parsed["messages"]!.AsArray().Select(message => message!["name"]!.GetValue<string>()));
        Assert.Equal(["httpApiKey"], Texts(parsed["security"]));
        Assert.Equal(["host", "port"], Texts(Assert.Single(parsed["servers"]!.AsArray())!["variables"]));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Message_has_title_type_event_name_family_and_an_example(string version)
    {
        var parsed = (await ReadAsync(version))[0];

        var messages = parsed["messages"]!.AsArray();
        Assert.Equal(
            HelpScoutEventCatalog.All.Select(type => type.Name),
            messages.Select(message => message!["event"]!.GetValue<string>()));
        Assert.Equal(26, messages.Select(message => message!["title"]!.GetValue<string>()).Distinct().Count());
        Assert.All(messages, message =>
        {
            Assert.Equal("application/json", message!["contentType"]!.GetValue<string>());
            Assert.Equal("object", message["payload"]!.GetValue<string>());
            Assert.Equal(1, message["examples"]!.GetValue<int>());
            Assert.Single(Texts(message["tags"]));
        });
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task YAML_and_JSON_have_the_same_content(string version)
    {
        var document = Documents.Create(version);

        var read = (await Node.AskAsync(Questions.Yaml(document.ToYaml())))[0];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(document.ToJson()), read));
    }

    /// <summary>The document parsed from YAML, and the same parsed from JSON.</summary>
    private static async Task<JsonNode[]> ReadAsync(string version)
    {
        var readings = await Readings.Value;
        var first = version == "2.6.0" ? 0 : 2;
        return [readings[first]!, readings[first + 1]!];
    }

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(text => text!.GetValue<string>());
}
