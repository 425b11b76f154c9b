using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Managing;

/// <summary>Several users change one endpoint at the same time, over HTTP.</summary>
/// <remarks>
/// Observed before reading, changing and writing were one transaction: an announced secret that signed nothing in 22 of 40
/// rotations during PATCHes and in 16 of 20 pairs of rotations, and one of two PATCHes lost in 28 of 30 pairs.
/// </remarks>
public sealed class ConcurrentChangeTests(ManagementSetup setup) : IClassFixture<ManagementSetup>
{
    private static readonly string[] Orderings = ["strict", "none", "resource"];

    /// <summary>Each editor changes its own member, to a new value every time.</summary>
    private static readonly (string Member, Func<int, JsonNode> Value)[] Editors =
    [
        ("timeoutSeconds", number => 5 + (number % 20)),
        ("concurrency", number => 1 + (number % 30)),
        ("mailboxIds", number => new JsonArray(number + 1)),
        ("events", number => new JsonArray("convo.*", $"tag.n{number}")),
        ("ordering", number => Orderings[number % 3]),
        ("includeUnreadable", number => number % 2 == 0),
        ("name", number => string.Create(CultureInfo.InvariantCulture, $"busy {number}")),
        ("url", number => string.Create(CultureInfo.InvariantCulture, $"?n={number}")),
    ];

    private int _events;

    private HttpClient Admin => setup.Admin;

    [Fact]
    public async Task Rotations_during_edits_announce_secrets_that_sign_lose_no_change_and_are_all_recorded()
    {
        var rotations = Rounds.Of(50, 200);
        var edits = ((rotations * 10) + Editors.Length - 1) / Editors.Length;
        var endpoint = await setup.EndpointAsync();
        var sink = setup.Sink[(string)endpoint["name"]!];
        var secrets = new List<string> { (string)endpoint["secret"]! };
        var people = new List<(HttpClient Client, string KeyId)>();
        for (var count = 0; count < Editors.Length; count++)
        {
            people.Add(await setup.PersonAsync("editor"));
        }

        var editing = Editors.Select((editor, index) => EditAsync(people[index].Client, editor, edits));
        var rotating = Enumerable.Range(0, 2).Select(async _ =>
        {
            for (var count = 0; count < rotations / 2; count++)
            {
                var secret = await ManagementSetup.RotateAsync(Admin, endpoint);
                lock (secrets)
                {
                    secrets.Add(secret);
                }
            }
        });
        await Task.WhenAll(editing.Concat(rotating));

        var entries = await setup.AuditAsync($"endpoint:{endpoint["id"]}");
        Assert.Equal(rotations, entries.Count(entry => (string?)entry["action"] == "endpoint.rotate-secret"));
        Assert.Equal(rotations + 1, secrets.Distinct(StringComparer.Ordinal).Count());
        await AssertEditsAsync(endpoint, [.. entries.Where(entry => (string?)entry["action"] == "endpoint.change")], people, edits, sink.Url);

        // Otherwise events of other inboxes, or of none, would not be delivered.
        await ManagementSetup.PatchAsync(Admin, endpoint, new { mailboxIds = Array.Empty<long>() });
        await AssertSignedAsync(sink, oldest: secrets[0], secrets);

        async Task EditAsync(HttpClient client, (string Member, Func<int, JsonNode> Value) editor, int count)
        {
            for (var number = 0; number < count; number++)
            {
                var value = Value(editor, number, sink.Url);
                var answer = await ManagementSetup.PatchAsync(client, endpoint, new JsonObject { [editor.Member] = value });

                // No other editor changes this member, so the response must show it whatever the others do.
                Assert.True(
                    JsonNode.DeepEquals(value, answer[editor.Member]),
                    $"{editor.Member} was set to {value} and answered as {answer[editor.Member]}");
            }
        }
    }

    [Fact]
    public async Task Concurrent_rotations_are_serialized_and_both_secrets_sign()
    {
        var endpoint = await setup.EndpointAsync();
        var sink = setup.Sink[(string)endpoint["name"]!];
        var secrets = new List<string> { (string)endpoint["secret"]! };

        for (var round = 0; round < 20; round++)
        {
            secrets.AddRange(await Task.WhenAll(
                ManagementSetup.RotateAsync(Admin, endpoint), ManagementSetup.RotateAsync(Admin, endpoint)));
            await Admin.PostJsonAsync($"endpoints/{endpoint["id"]}/test");
            AssertSigned(sink.Arrivals[^1], secrets[0], secrets);
        }
    }

    [Fact]
    public async Task Concurrent_edits_of_different_members_are_both_kept()
    {
        var endpoint = await setup.EndpointAsync();

        for (var round = 1; round <= 30; round++)
        {
            await Task.WhenAll(
                ManagementSetup.PatchAsync(Admin, endpoint, new { timeoutSeconds = round }),
                ManagementSetup.PatchAsync(Admin, endpoint, new { concurrency = round }));

            var found = await Admin.JsonAsync($"/api/v1/endpoints/{endpoint["id"]}");
            Assert.Equal((round, round), ((int)found["timeoutSeconds"]!, (int)found["concurrency"]!));
        }
    }

    [Fact]
    public async Task Name_requested_concurrently_is_assigned_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"wanted {round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ManagementSetup.SendAsync(
                Admin, HttpMethod.Post, "endpoints", new { name, url = "https://example.com/hook" })));

            var created = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
            Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
            Assert.Single(await setup.AuditAsync($"endpoint:{created.Body!["id"]}"));
        }
    }

    [Fact]
    public async Task Deletion_during_other_changes_happens_once_and_nothing_changes_after_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var endpoint = await setup.EndpointAsync();
            var path = $"endpoints/{endpoint["id"]}";
            var answers = await Task.WhenAll(
                ManagementSetup.SendAsync(Admin, HttpMethod.Patch, path, new { concurrency = 2 }),
                ManagementSetup.SendAsync(Admin, HttpMethod.Post, $"{path}/pause"),
                ManagementSetup.SendAsync(Admin, HttpMethod.Delete, path),
                ManagementSetup.SendAsync(Admin, HttpMethod.Post, $"{path}/rotate-secret", new { }),
                ManagementSetup.SendAsync(Admin, HttpMethod.Delete, path),
                ManagementSetup.SendAsync(Admin, HttpMethod.Post, $"{path}/resume"),
                ManagementSetup.SendAsync(Admin, HttpMethod.Patch, path, new { concurrency = 3 }));

            Assert.All(answers, answer => Assert.Contains(
                answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound }));
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
            var actions = (await setup.AuditAsync($"endpoint:{endpoint["id"]}")).Select(entry => (string)entry["action"]!).ToList();
            Assert.Equal("endpoint.delete", actions[^1]);
            Assert.Single(actions, action => action == "endpoint.delete");
        }
    }

    [Fact]
    public async Task Secret_from_configuration_cannot_be_rotated_through_the_API()
    {
        var (declared, configured) = (await Admin.EndpointAsync("declared"), await Admin.EndpointAsync("fixed"));

        await ManagementSetup.RotateAsync(Admin, declared);
        var (status, problem) = await ManagementSetup.SendAsync(
            Admin, HttpMethod.Post, $"endpoints/{configured["id"]}/rotate-secret", new { });

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Change it there", (string?)problem!["detail"], StringComparison.Ordinal);
        var entry = Assert.Single(await setup.AuditAsync($"endpoint:{configured["id"]}"));
        Assert.Equal(("the configuration", "endpoint.create"), ((string?)entry["actor"], (string?)entry["action"]));
    }

    private static JsonNode Value((string Member, Func<int, JsonNode> Value) editor, int number, string url) =>
        editor.Member == "url" ? url + (string)editor.Value(number)! : editor.Value(number);

    /// <summary>
    /// Asserts that the audit log is a serial history: each editor's values in order, with the last ones in effect.
    /// </summary>
    private async Task AssertEditsAsync(
        JsonNode endpoint,
        IReadOnlyList<JsonNode> entries,
        List<(HttpClient Client, string KeyId)> people,
        int edits,
        string url)
    {
        Assert.Equal(edits * Editors.Length, entries.Count);
        Assert.All(entries, entry => Assert.Equal("editor", (string?)entry["actor"]));
        var found = await Admin.JsonAsync($"/api/v1/endpoints/{endpoint["id"]}");
        for (var index = 0; index < Editors.Length; index++)
        {
            var (editor, keyId) = (Editors[index], people[index].KeyId);
            var given = Enumerable.Range(0, edits).Select(number => Value(editor, number, url)).ToList();
            var recorded = entries.Where(entry => (string?)entry["actorKeyId"] == keyId).Select(entry => entry["detail"]!).ToList();

            // A value that was already in effect is accepted and recorded, but changes nothing.
            Assert.Equal(
                given.Select(value => value.ToJsonString()),
                recorded.Select((detail, number) => (detail[editor.Member] ?? given[number]).ToJsonString()));
            Assert.All(recorded, detail => Assert.True(
                detail.AsObject().All(member => member.Key == editor.Member), $"{editor.Member}: {detail.ToJsonString()}"));
            Assert.Equal(given[^1].ToJsonString(), found[editor.Member]!.ToJsonString());
        }
    }

    private async Task AssertSignedAsync(SinkPath sink, string oldest, IReadOnlyList<string> secrets)
    {
        var before = sink.TakenCount;
        Assert.Equal(200, (await setup.Gateway.PostAsync(Some.Step(1, Interlocked.Increment(ref _events)))).Status);
        await Eventually.TrueAsync(() => sink.TakenCount > before, "the event arrives");
        AssertSigned(sink.Arrivals[^1], oldest, secrets);
    }

    private static void AssertSigned(Arrival arrival, string oldest, IReadOnlyList<string> secrets)
    {
        var signatures = arrival.Headers["webhook-signature"].Split(' ');
        Assert.Equal(Signatures.OfHelpScout(arrival.Body, oldest), arrival.Headers["X-HelpScout-Signature"]);
        Assert.Equal(
            secrets.Select(secret => Signatures.Standard(arrival.Body, arrival.Headers, secret)).Order(StringComparer.Ordinal),
            signatures.Order(StringComparer.Ordinal));
    }
}
