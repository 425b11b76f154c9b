using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Events;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Validating;

/// <summary>
/// Two independent validators must agree on every body, using the AsyncAPI document and the bundled schema.
/// </summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    private static readonly string[] Formatted =
    [
        "2026-03-02T10:02:17Z", "2026-03-02T10:02:17", "2026-03-02T10:02:17+02:00", "2026-03-02T10:02:17+0200",
        "2026-03-02 10:02:17Z", "2026-03-02t10:02:17z", "2026-03-02T10:02:17.118204Z", "2026-03-02T10:02:17.123456789Z",
        "2026-02-29T10:02:17Z", "2024-02-29T10:02:17Z", "2026-03-02T24:00:00Z", "2016-12-31T23:59:60Z",
        "2016-12-31T22:59:60Z", "2017-01-01T00:59:60+01:00", "2026-03-02T10:02Z", "2026-03-02", "", " ", "unknown", "2026-03-02T10:02:17Z\n",
        "a@b.c", "a@example.com", "a@example", "A <a@example.com>", "jürgen@example.com", "a..b@example.com", "a@-x.com",
        "o'neil+tag@mail.example.co.uk", "\"a b\"@example.com", "a@b.c\n",
        "https://api.helpscout.net/v2/conversations/1/threads/", "https://example.com/a b", "/relative", "https://example.com/?q=a|b",
        "urn:x:y", "https://é.example", "https://example.com/%zz", "https://example.com/%20?a=%2F#f", "https://example.com:80:80/",
        "mailto:a@example.com", "https://[::1]/", "http://", "https:", "//example.com", "https:///x", "http:/x",
        "https://a:b:c", "https://[::zz]/", "x://a@b@c", "https://a\"b", "x:a//b",
        "0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704", "0F9D6C1E-5B7A-4C0E-9A57-2D3F8E61B704", "0f9d6c1e5b7a4c0e9a572d3f8e61b704",
        " 0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704", "{0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704}",
        "urn:uuid:0f9d6c1e-5b7a-4c0e-9a57-2d3f8e61b704",
    ];

    [Fact]
    public async Task Validators_agree_on_samples_damaged_samples_and_random_bodies()
    {
        var tries = HelpScoutEventCatalog.All.Select(type => new Try(type, Samples.Of(type), [])).ToList();

        // Events with the same payload have the same schema, so one of each is enough for slow tests.
        foreach (var type in HelpScoutEventCatalog.All.DistinctBy(type => type.PayloadClrType))
        {
            var complete = JsonSerializer.SerializeToNode(RandomPayload.Complete(type.PayloadClrType), type.PayloadJson)!;
            tries.Add(new Try(type, complete, [.. WrongEdits.Of(complete, type.PayloadJson).Select(edit => edit.Edit)]));

            HelpScoutPayload[] payloads = [];
            RandomPayload.Of(type.PayloadClrType).Array[50].Sample(made => payloads = made, iter: 1, threads: 1);
            tries.AddRange(payloads.Select(payload => new Try(type, JsonSerializer.SerializeToNode(payload, type.PayloadJson)!, [])));
        }

        await AssertAgreementAsync(tries, atLeast: 3_000);
    }

    [Fact]
    public async Task Validators_agree_on_edge_cases_of_formats()
    {
        (string Event, string Member)[] members =
        [
            ("convo.created", "createdAt"), ("convo.created", "cc.[]"), ("convo.created", "_links.self.href"),
            ("satisfaction.ratings", "createdAt"), ("beacon.chat.created", "id"), ("satisfaction.ratings", "user.email"),
        ];
        var tries = members.Select(row =>
        {
            var type = HelpScoutEventCatalog.Find(row.Event)!;
            var body = JsonSerializer.SerializeToNode(RandomPayload.Complete(type.PayloadClrType), type.PayloadJson)!;
            var value = TypedValue.In(body, type.PayloadJson).First(value => value.ToString() == row.Member);
            return new Try(type, body, [.. Formatted.Select(text => Questions.Replacement(value, text))]);
        });

        await AssertAgreementAsync([.. tries], atLeast: 200);
    }

    private async Task AssertAgreementAsync(IReadOnlyCollection<Try> tries, int atLeast)
    {
        var answers = await Node.AskAsync(
            Questions.Validate(Documents.Newest, tries.Select(edited => Questions.Case(edited.Type.MessageName, edited.Body.DeepClone(), Copies(edited)))),
            Questions.Bundle(
                JsonNode.Parse(PayloadSchema.ToJson())!.AsObject(),
                tries.Select(edited => Questions.BundleCase(edited.Type.Name, edited.Body.DeepClone(), Copies(edited)))));

        var count = 0;
        foreach (var (attempt, (byDocument, byBundle)) in tries.Zip(answers[0]!.AsArray().Zip(answers[1]!.AsArray())))
        {
            Assert.Equal(byDocument!["body"]!.GetValue<string>().Length == 0, byBundle!["body"]!.GetValue<bool>());
            AssertAgreement(attempt.Type, attempt.Body, byDocument["body"]!, ref count);
            foreach (var (edit, (one, other)) in attempt.Edits.Zip(byDocument["edits"]!.AsArray().Zip(byBundle["edits"]!.AsArray())))
            {
                Assert.Equal(one!.GetValue<string>().Length == 0, other!.GetValue<bool>());
                AssertAgreement(attempt.Type, Edit.Apply(attempt.Body, edit), one, ref count);
            }
        }

        output.WriteLine($"{count} bodies, all judged alike.");
        Assert.True(count >= atLeast, $"Only {count} bodies.");
    }

    private static void AssertAgreement(HelpScoutEventType type, JsonNode? body, JsonNode ajv, ref int count)
    {
        var mistakes = ajv.GetValue<string>();
        var violations = PayloadValidator.Validate(type, Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null"));
        Assert.True(
            mistakes.Length == 0 == violations.IsEmpty,
            $"{type}: ajv says \"{mistakes}\", Scouthook {string.Join("; ", violations)} of {body?.ToJsonString()}");
        Assert.All(violations, violation => Assert.NotEqual("does not match the contract", violation.Message));
        count++;
    }

    private static IEnumerable<JsonObject> Copies(Try attempt) => attempt.Edits.Select(edit => edit.DeepClone().AsObject());

    private sealed record Try(HelpScoutEventType Type, JsonNode Body, IReadOnlyList<JsonObject> Edits);
}
