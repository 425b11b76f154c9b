using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Tests.Support;

namespace Scouthook.AsyncApi.Tests.Rendering;

/// <summary>2.6.0 and 3.0.0 describe the same contract, each in its own structure.</summary>
public sealed class VersionsTests
{
    private readonly JsonObject _two = Documents.Json("2.6.0");
    private readonly JsonObject _three = Documents.Json("3.0.0");

    [Fact]
    public void Every_part_of_both_documents_is_compared_here()
    {
        Assert.Equal(
            ["asyncapi", "channels", "components", "defaultContentType", "externalDocs", "id", "info", "servers", "tags"],
            _two.Select(member => member.Key).Order());
        Assert.Equal(
            ["asyncapi", "channels", "components", "defaultContentType", "id", "info", "operations", "servers"],
            _three.Select(member => member.Key).Order());
        Assert.All([_two, _three], document => Assert.Equal(
            ["messageBindings", "messages", "schemas", "securitySchemes"],
            document["components"]!.AsObject().Select(member => member.Key).Order()));
    }

    [Fact]
    public void Info_is_the_same()
    {
        var two = Copy(_two["info"]);
        two["tags"] = _two["tags"]!.DeepClone();
        two["externalDocs"] = _two["externalDocs"]!.DeepClone();

        AssertSame(_three["info"], two);
        AssertSame(_three["id"], _two["id"]);
        AssertSame(_three["defaultContentType"], _two["defaultContentType"]);
    }

    [Fact]
    public void Server_is_the_same()
    {
        var two = Copy(_two["servers"]!["receiver"]);
        var three = Copy(_three["servers"]!["receiver"]);

        Assert.Equal(Take(two, "url"), $"{Take(three, "protocol")}://{Take(three, "host")}");
        two.Remove("protocol");
        Assert.Equal(Security2(two), Security3(three));
        AssertSame(three, two);
        Assert.Single(_two["servers"]!.AsObject());
        Assert.Single(_three["servers"]!.AsObject());
    }

    [Fact]
    public void Channel_is_the_same()
    {
        var (address, channel) = Assert.Single(_two["channels"]!.AsObject());
        var two = Copy(channel);
        var three = Copy(Assert.Single(_three["channels"]!.AsObject()).Value);
        two.Remove("publish");
        three.Remove("messages");
        three.Remove("title");

        Assert.Equal(address, Take(three, "address"));
        Assert.Equal("#/servers/" + Names(two, "servers").Single(), References(three, "servers").Single());
        AssertSame(three, two);
    }

    [Fact]
    public void Operation_is_the_same()
    {
        var two = Copy(_two["channels"]!["/webhook"]!["publish"]);
        var (id, operation) = Assert.Single(_three["operations"]!.AsObject());
        var three = Copy(operation);

        Assert.Equal(id, Take(two, "operationId"));
        Assert.Equal("receive", Take(three, "action"));
        var message = two["message"]!.DeepClone().AsObject();
        Assert.Equal(
            References(message, "oneOf"),
            References(three, "messages").Select(reference => reference.Replace("channels/webhook", "components", StringComparison.Ordinal)));
        two.Remove("message");
        Assert.True(three.Remove("channel"));
        Assert.True(three.Remove("title"));
        AssertSame(three, two);
    }

    [Fact]
    public void Messages_schemas_bindings_and_security_schemes_are_the_same()
    {
        var two = Copy(_two["components"]);
        foreach (var (name, message) in two["messages"]!.AsObject())
        {
            Assert.Equal(name, Take(message!.AsObject(), "messageId"));
        }

        AssertSame(_three["components"], two);
        Assert.Equal(
            two["messages"]!.AsObject().Select(message => $"#/components/messages/{message.Key}"),
            _three["channels"]!["webhook"]!["messages"]!.AsObject().Select(message => message.Value!["$ref"]!.GetValue<string>()));
    }

    private static void AssertSame(JsonNode? three, JsonNode? two) => Assert.True(
        JsonNode.DeepEquals(three, two), $"3.0.0 says\n{three}\nand 2.6.0 says\n{two}");

    private static JsonObject Copy(JsonNode? node) => node!.DeepClone().AsObject();

    private static string Take(JsonObject holder, string name)
    {
        var text = holder[name]!.GetValue<string>();
        holder.Remove(name);
        return text;
    }

    private static string[] Names(JsonObject holder, string name)
    {
        string[] names = [.. holder[name]!.AsArray().Select(name => name!.GetValue<string>())];
        holder.Remove(name);
        return names;
    }

    private static string[] References(JsonObject holder, string name)
    {
        string[] references = [.. holder[name]!.AsArray().Select(reference => reference!["$ref"]!.GetValue<string>())];
        holder.Remove(name);
        return references;
    }

    private static string Security2(JsonObject holder)
    {
        var scheme = Assert.Single(Assert.Single(holder["security"]!.AsArray())!.AsObject()).Key;
        holder.Remove("security");
        return "#/components/securitySchemes/" + scheme;
    }

    private static string Security3(JsonObject holder) => Assert.Single(References(holder, "security"));
}
