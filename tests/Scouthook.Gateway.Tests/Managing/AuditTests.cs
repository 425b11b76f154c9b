using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;

namespace Scouthook.Gateway.Tests.Managing;

/// <summary>The audit log: an entry for every change, and only for a change.</summary>
public sealed class AuditTests(ManagementSetup setup) : IClassFixture<ManagementSetup>
{
    private const string AdminKeyId = "00000000-0000-0000-0000-000000000001";

    private HttpClient Admin => setup.Admin;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_adds_one_entry_with_the_key_that_made_it()
    {
        var (person, keyId) = await setup.PersonAsync("namesake");
        var (_, otherKeyId) = await setup.PersonAsync("namesake");
        var endpoint = await setup.EndpointAsync();
        var path = $"endpoints/{endpoint["id"]}";

        await ManagementSetup.PatchAsync(person, endpoint, new { concurrency = 2 });
        await person.PostJsonAsync($"{path}/pause");
        await person.PostJsonAsync($"{path}/resume");
        await person.PostJsonAsync($"{path}/rotate-secret");
        await person.PostJsonAsync($"{path}/rotate-secret/finish");
        await person.PostJsonAsync($"{path}/test");
        await person.PostJsonAsync("replays", new { types = new[] { "tag.*" } }, HttpStatusCode.Accepted);
        using var revoked = await person.DeleteAsync($"/api/v1/keys/{otherKeyId}", Cancelled);
        using var deleted = await person.DeleteAsync($"/api/v1/{path}", Cancelled);

        var entries = (await setup.AuditAsync()).Where(entry => (string?)entry["actor"] == "namesake").ToList();
        Assert.All(entries, entry => Assert.Equal(keyId, (string?)entry["actorKeyId"]));
        Assert.Equal(
            [
                "endpoint.change", "endpoint.pause", "endpoint.resume", "endpoint.rotate-secret", "endpoint.rotate-secret.finish",
                "endpoint.test", "replay.create", "key.revoke", "endpoint.delete",
            ],
            entries.Select(entry => (string)entry["action"]!));
        var created = Assert.Single(
            await setup.AuditAsync($"endpoint:{endpoint["id"]}"), entry => (string?)entry["action"] == "endpoint.create");
        Assert.Equal(AdminKeyId, (string?)created["actorKeyId"]);
    }

    [Fact]
    public async Task Requests_that_are_rejected_or_change_nothing_add_no_entry()
    {
        const string nobody = "01890000-0000-7000-8000-000000000000";
        var endpoint = await setup.EndpointAsync();
        var declared = (await Admin.EndpointAsync("fixed"))["id"];
        var path = $"endpoints/{endpoint["id"]}";
        var before = (await setup.AuditAsync()).Count;

        (HttpMethod Method, string Path, object? Body, HttpStatusCode Expected)[] requests =
        [
            (HttpMethod.Post, "endpoints", new { name = "FIXED", url = "https://example.com" }, HttpStatusCode.Conflict),
            (HttpMethod.Patch, path, new { name = "fixed" }, HttpStatusCode.Conflict),
            (HttpMethod.Patch, path, new { concurrency = 0 }, HttpStatusCode.BadRequest),
            (HttpMethod.Patch, $"endpoints/{declared}", new { concurrency = 2 }, HttpStatusCode.Conflict),
            (HttpMethod.Delete, $"endpoints/{declared}", null, HttpStatusCode.Conflict),
            (HttpMethod.Post, $"endpoints/{declared}/rotate-secret", new { }, HttpStatusCode.Conflict),
            (HttpMethod.Post, $"{path}/resume", null, HttpStatusCode.OK),
            (HttpMethod.Post, $"{path}/rotate-secret/finish", null, HttpStatusCode.OK),
            (HttpMethod.Patch, $"endpoints/{nobody}", new { concurrency = 2 }, HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"endpoints/{nobody}", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"endpoints/{nobody}/pause", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"endpoints/{nobody}/test", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"deliveries/{nobody}/retry", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"deliveries/{nobody}/discard", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"events/{nobody}/replay", null, HttpStatusCode.NotFound),
            (HttpMethod.Post, $"replays/{nobody}/stop", null, HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"keys/{nobody}", null, HttpStatusCode.NotFound),
        ];
        foreach (var (method, target, body, expected) in requests)
        {
            var (status, answer) = await ManagementSetup.SendAsync(Admin, method, target, body);
            Assert.True(status == expected, $"{method} {target} answered {status}: {answer}");
        }

        Assert.Equal(before, (await setup.AuditAsync()).Count);
    }

    [Fact]
    public async Task Test_whose_caller_disconnects_is_recorded()
    {
        // The test was once recorded only after the endpoint had responded, with the token of the finished request.
        var endpoint = await setup.EndpointAsync();
        var arrived = new TaskCompletionSource();
        setup.Sink[(string)endpoint["name"]!].Answer = async (_, gone) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            return 200;
        };
        using var hangsUp = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var asking = Admin.PostAsync($"/api/v1/endpoints/{endpoint["id"]}/test", null, hangsUp.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancelled);
        await hangsUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Contains(
            await setup.AuditAsync($"endpoint:{endpoint["id"]}"), entry => (string?)entry["action"] == "endpoint.test");
    }

    [Fact]
    public async Task Change_is_not_made_if_its_entry_cannot_be_stored()
    {
        // A separate gateway, because for a while it cannot store entries.
        await using var own = new ManagementSetup();
        await own.InitializeAsync();
        var endpoint = await own.EndpointAsync();
        var key = await own.Admin.PostJsonAsync("keys", new { name = "kept", role = "viewer" }, HttpStatusCode.Created);
        var path = $"endpoints/{endpoint["id"]}";
        var before = await StateAsync();
        Execute("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'as the test says'); END");

        (HttpMethod Method, string Path, object? Body)[] requests =
        [
            (HttpMethod.Post, "endpoints", new { name = "unrecorded", url = "https://example.com" }),
            (HttpMethod.Patch, path, new { concurrency = 2 }),
            (HttpMethod.Post, $"{path}/pause", null),
            (HttpMethod.Post, $"{path}/rotate-secret", new { }),
            (HttpMethod.Delete, path, null),
            (HttpMethod.Post, $"{path}/test", null),
            (HttpMethod.Post, "replays", new { types = new[] { "tag.*" } }),
            (HttpMethod.Post, "keys", new { name = "unrecorded", role = "admin" }),
            (HttpMethod.Delete, $"keys/{key["id"]}", null),
        ];
        foreach (var (method, target, body) in requests)
        {
            using var request = new HttpRequestMessage(method, $"/api/v1/{target}");
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await own.Admin.SendAsync(request, Cancelled);
            Assert.True((int)answer.StatusCode >= 500, $"{method} {target} answered {answer.StatusCode}");
        }

        Assert.Equal(before, await StateAsync());
        Assert.Empty(own.Sink[(string)endpoint["name"]!].Arrivals);
        Execute("DROP TRIGGER no_audit");
        await ManagementSetup.PatchAsync(own.Admin, endpoint, new { concurrency = 2 });

        async Task<string> StateAsync()
        {
            var parts = new List<string>();
            foreach (var list in new[] { "endpoints", "keys", "replays", "audit" })
            {
                parts.Add((await own.Admin.JsonAsync($"/api/v1/{list}")).ToJsonString());
            }

            parts.Add((string)Store.Scalar(own.Gateway.Setup.Database, "SELECT group_concat(hex(secrets)) FROM endpoint")!);
            return string.Join('\n', parts);
        }

        void Execute(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={own.Gateway.Setup.Database};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
