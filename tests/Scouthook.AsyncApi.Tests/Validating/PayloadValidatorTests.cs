using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;

namespace Scouthook.AsyncApi.Tests.Validating;

public sealed class PayloadValidatorTests
{
    private static readonly HelpScoutEventType Created = HelpScoutEventCatalog.Find("convo.created")!;

    [Theory]
    [InlineData("status", "12", "/status", "must be text, but is a whole number")]
    [InlineData("number", "1.5", "/number", "must be a whole number, but is a number with a fraction")]
    [InlineData("subject", "[]", "/subject", "must be text or null, but is a list")]
    [InlineData("assignee", "true", "/assignee", "must be an object or null, but is true or false")]
    [InlineData("tags", "{}", "/tags", "must be a list, but is an object")]
    [InlineData("createdAt", "null", "/createdAt", "must be text, but is null")]
    [InlineData("createdAt", "\"2026-03-02T10:02:17\"", "/createdAt", "must be a date and time with a zone, such as 2026-03-02T10:02:17Z")]
    [InlineData("cc", "[\"a@example.com\",\"me\"]", "/cc/1", "must be an email address")]
    [InlineData("assignee", "{\"first\":\"Secret\"}", "/assignee/id", "is missing, but the contract requires it")]
    [InlineData("_links", "{\"self\":{\"href\":\"x y\"}}", "/_links/self/href", "must be an absolute URI")]
    public void Violation_is_located_and_described(string member, string value, string location, string message)
    {
        var body = Samples.Of(Created);
        body[member] = JsonNode.Parse(value);

        var violation = Assert.Single(Validate(body.ToJsonString()));

        Assert.Equal(new PayloadViolation(location, message), violation);
    }

    [Theory]
    [InlineData("[1]", "", "must be an object, or a list without items")]
    [InlineData("{\"user\":\"5\"}", "/user", "must be a whole number, but is text")]
    [InlineData("7", "", "must be an object, a list or null, but is a whole number")]
    public void Map_is_an_object_or_an_empty_list(string value, string below, string message)
    {
        const string map = "/_embedded/threads/0/action/associatedEntities";
        var body = Samples.Of(Created);
        body["_embedded"]!["threads"]![0]!["action"]!["associatedEntities"] = JsonNode.Parse(value);

        Assert.Equal([new PayloadViolation(map + below, message)], Validate(body.ToJsonString()));
    }

    [Fact]
    public void Byte_order_mark_is_skipped_as_by_the_receiver() =>
        Assert.Empty(PayloadValidator.Validate(Created, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Samples.Of(Created).ToJsonString())]));

    [Fact]
    public void Violations_follow_the_order_of_the_body_and_quote_none_of_its_values()
    {
        var body = Samples.Of(Created);
        body["tags"] = new JsonArray(new JsonObject { ["id"] = "s3cret", ["color"] = 4711 });
        body["folderId"] = "s3cret";
        body["a/b~c"] = "s3cret";

        var violations = Validate(body.ToJsonString());

        Assert.Equal(["/folderId", "/tags/0/tag", "/tags/0/id", "/tags/0/color"], violations.Select(violation => violation.Location));
        Assert.DoesNotContain(violations, violation => violation.Message.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain(violations, violation => violation.Message.Contains("4711", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "is not JSON, or nested more than 64 levels deep: reading stopped at line 1, byte 1")]
    [InlineData("{\n\"id\":s3cret}", "is not JSON, or nested more than 64 levels deep: reading stopped at line 2, byte 6")]
    [InlineData("[]", "must be an object, but is a list")]
    [InlineData("null", "must be an object, but is null")]
    public void Body_that_is_not_an_object_is_one_violation(string body, string message) =>
        Assert.Equal([new PayloadViolation("", message)], Validate(body));

    [Fact]
    public void Lone_surrogates_and_invalid_UTF8_are_accepted_as_text()
    {
        var body = Samples.Of(Created);
        body["subject"] = "X";
        var text = body.ToJsonString();

        Assert.Empty(Validate(text.Replace("\"X\"", "\"\\ud83d \\\\ud83d \\ud83d\\ude00\"", StringComparison.Ordinal)));
        Assert.Empty(PayloadValidator.Validate(Created, Encoding.Latin1.GetBytes(text.Replace("\"X\"", "\"\u00ff\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void Closest_events_are_those_whose_payload_shares_the_members_of_the_body()
    {
        Assert.All(HelpScoutEventCatalog.All, type => Assert.Equal(
            HelpScoutEventCatalog.All.Where(other => other.PayloadClrType == type.PayloadClrType),
            PayloadValidator.FindClosest(Encoding.UTF8.GetBytes(Samples.Of(type).ToJsonString()))));
        Assert.All(["", "[]", "{}", "{\"nothing\":1}"], body => Assert.Empty(PayloadValidator.FindClosest(Encoding.UTF8.GetBytes(body))));
    }

    private static ImmutableArray<PayloadViolation> Validate(string body) =>
        PayloadValidator.Validate(Created, Encoding.UTF8.GetBytes(body));
}
