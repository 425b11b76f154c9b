using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Schemas;

/// <summary>The schemas accept valid bodies, including future ones, and reject invalid ones.</summary>
public sealed class BodyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Versions => Documents.Versions;

    public static TheoryData<Type> PayloadTypes =>
        [.. HelpScoutEventCatalog.All.Select(type => type.PayloadClrType).Distinct()];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Sample_of_every_event_is_valid(string version)
    {
        var cases = HelpScoutEventCatalog.All.Select(type => Questions.Case(type.MessageName, Samples.Of(type)));

        var answers = await ValidateAsync(Documents.Json(version), cases);

        Assert.Equal(26, answers.Count);
        Assert.All(answers, answer => Assert.Equal("", answer!["body"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Sample_stays_valid_with_unknown_members_and_values()
    {
        var added = 0;
        var cases = HelpScoutEventCatalog.All.Select(type =>
        {
            var body = Samples.Of(type);
            foreach (var value in TypedValue.In(body, type.PayloadJson).ToArray())
            {
                var (holder, node) = Find(body, value);
                if (value.IsPayload)
                {
                    node.AsObject()["newer"] = new JsonObject { ["than"] = new JsonArray("this", 1, null) };
                    added++;
                }
                else if (value.IsOpenValue)
                {
                    holder!.AsObject()[(string)value.Path[^1]] = "newer-than-this";
                    added++;
                }
            }

            return Questions.Case(type.MessageName, body);
        });

        var answers = await ValidateAsync(Documents.Newest, cases);

        Assert.All(answers, answer => Assert.Equal("", answer!["body"]!.GetValue<string>()));
        Assert.True(added > 500, $"Only {added} additions.");
    }

    /// <summary>Every member that a source describes or shows as sometimes absent, by event.</summary>
    private static readonly (string Event, string[] Members)[] MayBeAbsent =
    [
        ("convo.created",
        [
            "subject", "assignee", "closedBy", "closedByUser", "closedAt", "customerWaitingSince",
            "customerWaitingSince.latestReplyFrom", "snooze", "nextEvent", "_embedded", "_embedded.threads",
            "createdBy.first", "createdBy.last", "createdBy.photoUrl", "createdBy.email", "customFields.[].text",
            "_links.createdByCustomer", "_links.createdByUser", "_links.assignee", "_links.closedBy",
            "_embedded.threads.[].action.text", "_embedded.threads.[].action.associatedEntities",
            "_embedded.threads.[].body", "_embedded.threads.[].customer", "_embedded.threads.[].customer.type",
            "_embedded.threads.[].assignedTo", "_embedded.threads.[].openedAt", "_embedded.threads.[].linkedConversationId",
            "_embedded.threads.[].rating", "_embedded.threads.[].scheduled", "_embedded.threads.[]._embedded",
            "_embedded.threads.[]._links", "_embedded.threads.[]._embedded.attachments.[].width",
            "_embedded.threads.[]._embedded.attachments.[].height", "_embedded.threads.[]._embedded.attachments.[].state",
            "_embedded.threads.[]._embedded.attachments.[]._links", "_embedded.threads.[]._embedded.attachments.[]._links.data",
            "_embedded.threads.[]._embedded.attachments.[]._links.self",
            "_embedded.threads.[]._embedded.attachments.[]._links.web",
        ]),
        ("customer.updated",
        [
            "firstName", "lastName", "jobTitle", "location", "organization", "organizationId", "age", "conversationCount",
            "draft", "_embedded", "_embedded.address", "_embedded.address.city", "_embedded.address.state",
            "_embedded.address.postalCode", "_embedded.address.country", "_embedded.properties.[].text",
        ]),
        ("satisfaction.ratings", ["conversationNumber", "comments", "modifiedAt"]),
        ("tag.created", ["updatedAt", "_links"]),
        ("beacon.chat.created",
        [
            "endedAt", "assignee", "customer", "customFields", "tags.[].id", "_embedded", "_embedded.events.[].chatId",
            "_embedded.events.[].body", "_embedded.events.[].params",
        ]),
        ("message.survey.response.received",
        [
            "response.name", "response.value", "response.category", "response.comment", "_embedded", "_embedded.customer",
            "_links",
        ]),
        ("organization.created",
        [
            "website", "description", "logoUrl", "note", "location", "domains", "phones", "brandColor", "customerCount",
            "conversationCount", "_embedded",
        ]),
        ("user.status.changed",
            ["email.performedBy", "email.source", "chat", "chat.status", "chat.mailboxStatuses", "_links"]),
    ];

    [Fact]
    public async Task Body_is_valid_with_optional_members_missing_or_null()
    {
        var tries = MayBeAbsent.Select(row =>
        {
            var type = HelpScoutEventCatalog.Find(row.Event)!;
            var body = JsonSerializer.SerializeToNode(RandomPayload.Complete(type.PayloadClrType), type.PayloadJson)!;
            var values = TypedValue.In(body, type.PayloadJson).ToLookup(value => value.ToString());
            return Questions.Case(type.MessageName, body, row.Members.SelectMany(member =>
            {
                var value = values[member].First();
                return new[] { Questions.Removal(value), Questions.Replacement(value, null) };
            }));
        });

        var answers = await ValidateAsync(Documents.Newest, tries);

        Assert.All(MayBeAbsent.Zip(answers), row => Assert.All(
            row.First.Members.SelectMany(member => (string[])[member, member + " is null"]).Zip(row.Second!["edits"]!.AsArray()),
            edit => Assert.Equal("", edit.Second!.GetValue<string>().Length == 0 ? "" : $"{edit.First}: {edit.Second}")));
    }

    [Fact]
    public async Task Body_with_a_missing_required_member_or_a_wrong_type_is_not_valid()
    {
        var tries = HelpScoutEventCatalog.All.Select(type =>
        {
            var body = JsonSerializer.SerializeToNode(RandomPayload.Complete(type.PayloadClrType), type.PayloadJson)!;
            return (Type: type, Body: body, Edits: WrongEdits.Of(body, type.PayloadJson).ToArray());
        }).ToArray();

        var answers = await ValidateAsync(Documents.Newest, tries.Select(edited => Questions.Case(
            edited.Type.MessageName, edited.Body.DeepClone(), edited.Edits.Select(edit => edit.Edit))));

        var accepted = new List<string>();
        foreach (var (attempt, answer) in tries.Zip(answers))
        {
            Assert.Equal("", answer!["body"]!.GetValue<string>());
            var passed = attempt.Edits.Zip(answer["edits"]!.AsArray())
                .Where(edit => edit.Second!.GetValue<string>().Length == 0)
                .Select(edit => edit.First.What)
                .ToArray();
            accepted.AddRange(passed);
            Assert.True(passed.Length <= attempt.Edits.Length * 0.05, $"{attempt.Type}: {string.Join(", ", passed)}");
        }

        var all = tries.Sum(edited => edited.Edits.Length);
        output.WriteLine($"{all - accepted.Count} of {all} wrong bodies rejected ({1 - ((double)accepted.Count / all):P2}).");

        Assert.Empty(accepted.Distinct());
    }

    [Fact]
    public async Task Recipients_may_be_a_single_address_as_a_vendor_library_accepts()
    {
        var body = Samples.Of(HelpScoutEventCatalog.Find("convo.created")!);
        body["_embedded"]!["threads"]![0]!["to"] = "help@example.com";

        var answer = (await ValidateAsync(Documents.Newest, [Questions.Case("convoCreated", body)]))[0]!;

        Assert.Equal("", answer["body"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(PayloadTypes))]
    public async Task Random_payload_is_valid_and_round_trips(Type payloadType)
    {
        var type = HelpScoutEventCatalog.All.First(candidate => candidate.PayloadClrType == payloadType);
        var count = Environment.GetEnvironmentVariable("SCOUTHOOK_LONG") == "1" ? 2_000 : 200;
        HelpScoutPayload[] payloads = [];
        RandomPayload.Of(payloadType).Array[count].Sample(made => payloads = made, iter: 1, threads: 1);
        var bodies = payloads.Select(payload => JsonSerializer.SerializeToUtf8Bytes(payload, type.PayloadJson)).ToArray();

        var answers = await ValidateAsync(
            Documents.Newest, bodies.Select(body => Questions.Case(type.MessageName, JsonNode.Parse(body))));

        Assert.Equal(count, answers.Count);
        Assert.All(bodies.Zip(answers), pair =>
        {
            Assert.Equal("", pair.Second!["body"]!.GetValue<string>());
            var read = WebhookParser.Parse(type.Name, pair.First);
            Assert.IsType(type.EventClrType, read);
            Assert.Equal(pair.First, JsonSerializer.SerializeToUtf8Bytes(read.Payload, type.PayloadJson));
        });
    }

    [Fact]
    public async Task Headers_require_the_name_of_the_event_and_a_signature_of_20_bytes()
    {
        const string signature = "6SuhMFURWqcm/W0V4MIgWpApEio=";
        (string? Event, string? Signature, bool Valid)[] table =
        [
            ("tag.created", signature, true), ("tag.updated", signature, false), (null, signature, false),
            ("tag.created", null, false), ("tag.created", "", false), ("tag.created", signature[1..], false),
            ("tag.created", signature + "=", false), ("tag.created", signature[..26] + "p=", false),
            ("tag.created", "e92ba13055115aa726fd6d15e0c2205a9029122a", false),
            ("tag.created", "sha1=" + signature, false), ("tag.created", signature + "\n", false),
        ];

        var answers = await ValidateAsync(Documents.Newest, table.Select(row =>
        {
            var headers = new JsonObject();
            if (row.Event is not null)
            {
                headers["X-HelpScout-Event"] = row.Event;
            }

            if (row.Signature is not null)
            {
                headers["X-HelpScout-Signature"] = row.Signature;
            }

            var question = Questions.Case("tagCreated", headers);
            question["part"] = "headers";
            return question;
        }));

        Assert.Equal(table.Select(row => row.Valid), answers.Select(answer => answer!["body"]!.GetValue<string>() == ""));
    }

    private static async Task<JsonArray> ValidateAsync(JsonObject document, IEnumerable<JsonObject> cases) =>
        (await Node.AskAsync(Questions.Validate(document, cases)))[0]!.AsArray();

    private static (JsonNode? Holder, JsonNode Node) Find(JsonNode body, TypedValue value)
    {
        JsonNode? holder = null;
        var node = body;
        foreach (var step in value.Path)
        {
            holder = node;
            node = step is int index ? node[index]! : node[(string)step]!;
        }

        return (holder, node);
    }
}
