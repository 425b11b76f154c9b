using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Schemas;

/// <summary>The schemas against bodies: right ones pass, also those of tomorrow, and wrong ones do not.</summary>
public sealed class BodyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Versions => Documents.Versions;

    public static TheoryData<Type> PayloadTypes =>
        [.. HelpScoutEventCatalog.All.Select(type => type.PayloadClass).Distinct()];

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
    public async Task Sample_stays_valid_with_members_and_values_that_nobody_knows_yet()
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

    [Fact]
    public async Task Body_without_what_is_always_present_or_with_another_type_of_value_is_not_valid()
    {
        var tries = HelpScoutEventCatalog.All.Select(type =>
        {
            var body = JsonSerializer.SerializeToNode(RandomPayload.Complete(type.PayloadClass), type.PayloadJson)!;
            return (Type: type, Body: body, Edits: WrongEdits.Of(body, type.PayloadJson).ToArray());
        }).ToArray();

        var answers = await ValidateAsync(Documents.Newest, tries.Select(it => Questions.Case(
            it.Type.MessageName, it.Body.DeepClone(), it.Edits.Select(edit => edit.Edit))));

        var accepted = new List<string>();
        foreach (var (attempt, answer) in tries.Zip(answers))
        {
            Assert.Equal("", answer!["body"]!.GetValue<string>());
            var passed = attempt.Edits.Zip(answer["edits"]!.AsArray())
                .Where(it => it.Second!.GetValue<string>().Length == 0)
                .Select(it => it.First.What)
                .ToArray();
            accepted.AddRange(passed);
            Assert.True(passed.Length <= attempt.Edits.Length * 0.05, $"{attempt.Type}: {string.Join(", ", passed)}");
        }

        var all = tries.Sum(it => it.Edits.Length);
        output.WriteLine($"{all - accepted.Count} of {all} wrong bodies rejected ({1 - ((double)accepted.Count / all):P2}).");

        // Recipients may be one bare text: a vendor library accepts it, so it is taken for possible.
        Assert.Equal(["_embedded.threads.[].to: text"], accepted.Distinct());
    }

    [Theory]
    [MemberData(nameof(PayloadTypes))]
    public async Task Random_payload_survives_writing_validating_and_reading(Type payloadType)
    {
        var type = HelpScoutEventCatalog.All.First(it => it.PayloadClass == payloadType);
        var count = Environment.GetEnvironmentVariable("SCOUTHOOK_LONG") == "1" ? 2_000 : 200;
        HelpScoutPayload[] payloads = [];
        RandomPayload.Of(payloadType).Array[count].Sample(made => payloads = made, iter: 1, threads: 1);
        var bodies = payloads.Select(payload => JsonSerializer.SerializeToUtf8Bytes(payload, type.PayloadJson)).ToArray();

        var answers = await ValidateAsync(
            Documents.Newest, bodies.Select(body => Questions.Case(type.MessageName, JsonNode.Parse(body))));

        Assert.Equal(count, answers.Count);
        Assert.All(bodies.Zip(answers), it =>
        {
            Assert.Equal("", it.Second!["body"]!.GetValue<string>());
            var read = WebhookParser.Parse(type.Name, it.First);
            Assert.IsType(type.EventClass, read);
            Assert.Equal(it.First, JsonSerializer.SerializeToUtf8Bytes(read.Payload, type.PayloadJson));
        });
    }

    [Fact]
    public async Task Headers_need_the_events_own_name_and_a_signature_of_20_bytes()
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
