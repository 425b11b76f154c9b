using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for keys to the management API and for the audit log.</summary>
public abstract class AccessContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_kept_with_all_members_and_found_by_its_hash()
    {
        var key = Key("Größe 🔑", ApiRole.Operator) with { ExpiresAt = Some.Instant.AddDays(30).AddMicroseconds(7) };

        await Store.Access.AddKeyAsync(key, Hash("secret"));

        Assert.Equal(key, await Store.Access.FindKeyAsync(Hash("secret"), Cancel));
        await Store.ReopenAsync();
        Assert.Equal(key, await Store.Access.FindKeyAsync(Hash("secret"), Cancel));
        Assert.Equal([key], await Store.Access.ListKeysAsync(Cancel));
    }

    [Theory]
    [InlineData(ApiRole.Viewer)]
    [InlineData(ApiRole.Operator)]
    [InlineData(ApiRole.Admin)]
    internal async Task Every_role_is_kept(ApiRole role)
    {
        await Store.Access.AddKeyAsync(Key("key", role), Hash("secret"));

        Assert.Equal((role, null), ((await FindAsync("secret"))!.Role, (await FindAsync("secret"))!.ExpiresAt));
    }

    [Fact]
    public async Task No_other_hash_finds_a_key()
    {
        Assert.Null(await FindAsync("secret"));
        await Store.Access.AddKeyAsync(Key("key"), Hash("secret"));

        Assert.Null(await FindAsync("Secret"));
        Assert.Null(await Store.Access.FindKeyAsync(Hash("secret")[..31], Cancel));
        Assert.Null(await Store.Access.FindKeyAsync([], Cancel));
    }

    [Fact]
    public async Task Keys_are_listed_in_order_of_creation_with_expired_and_revoked_ones()
    {
        // Neither names nor ids nor times are in that order, and names are not unique.
        ApiKey[] keys =
        [
            Key("b") with { CreatedAt = Some.Instant.AddDays(1) },
            Key("a") with { ExpiresAt = Some.Instant.AddDays(-1) },
            Key("b") with { Id = new Guid("00000000-0000-7000-8000-000000000000") },
        ];
        Assert.Empty(await Store.Access.ListKeysAsync(Cancel));
        foreach (var key in keys)
        {
            await Store.Access.AddKeyAsync(key, Hash(key.Id.ToString()));
        }

        await Store.Access.RevokeKeyAsync(keys[0].Id);
        await Store.ReopenAsync();

        Assert.Equal([keys[0] with { RevokedAt = Some.Instant }, keys[1], keys[2]], await Store.Access.ListKeysAsync(Cancel));
        Assert.False((await FindAsync(keys[1].Id.ToString()))!.IsLive(Some.Instant));
        Assert.True((await FindAsync(keys[2].Id.ToString()))!.IsLive(Some.Instant));
    }

    [Fact]
    public async Task Revoked_key_is_revoked_at_once_and_stays_so()
    {
        var key = Key("key");
        await Store.Access.AddKeyAsync(key, Hash("secret"));
        await Store.Access.AddKeyAsync(Key("other"), Hash("other"));
        Assert.True((await FindAsync("secret"))!.IsLive(Some.Instant));

        Assert.Equal(KeyOutcome.Done, await Store.Access.RevokeKeyAsync(key.Id));

        Assert.Equal(key with { RevokedAt = Some.Instant }, await FindAsync("secret"));
        Assert.True((await FindAsync("other"))!.IsLive(Some.Instant));
        await Store.ReopenAsync();
        Assert.Equal(KeyOutcome.AlreadyRevoked, await Store.At(Some.Instant.AddDays(1)).Access.RevokeKeyAsync(key.Id));
        Assert.Equal(key with { RevokedAt = Some.Instant }, await FindAsync("secret"));
        Assert.Equal(KeyOutcome.NotFound, await Store.Access.RevokeKeyAsync(Some.Id()));
    }

    [Fact]
    public async Task Changes_of_keys_are_recorded_once_and_nothing_is_recorded_where_nothing_changes()
    {
        var key = Key("key");
        await Store.Access.AddKeyAsync(key, Hash("secret"), Entry("key.create"));
        await Store.Access.RevokeKeyAsync(Some.Id(), Entry("key.revoke of none"));
        await Store.Access.RevokeKeyAsync(key.Id, Entry("key.revoke"));
        await Store.Access.RevokeKeyAsync(key.Id, Entry("key.revoke again"));

        Assert.Equal(["key.revoke", "key.create"], (await PageAsync(null, 10)).Select(entry => entry.Action));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("hash")]
    public async Task Key_that_cannot_be_added_leaves_no_entry_and_changes_no_other(string same)
    {
        var key = Key("key");
        await Store.Access.AddKeyAsync(key, Hash("secret"));

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Access.AddKeyAsync(
            Key("second", ApiRole.Admin) with { Id = same == "id" ? key.Id : Some.Id() },
            Hash(same == "hash" ? "secret" : "other"),
            Entry("key.create")));

        Assert.Equal([key], await Store.Access.ListKeysAsync(Cancel));
        Assert.Equal(key, await FindAsync("secret"));
        Assert.Null(await FindAsync("other"));
        Assert.Empty(await PageAsync(null, 10));
    }

    [Fact]
    public async Task Entry_is_kept_with_all_members()
    {
        var full = new AuditEntry(
            Some.Instant.AddMicroseconds(3), "Jürgen", Some.Id(), "endpoint.create", "endpoint:0199", """{"name":"Größe"}""");
        var least = new AuditEntry(Some.Instant, "the configuration", null, "endpoint.change", null, null);

        await Store.Access.RecordAsync(full);
        await Store.Access.RecordAsync(least);
        await Store.ReopenAsync();

        Assert.Equal([least, full], (await PageAsync(null, 10)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Pages_contain_every_entry_once_newest_first_whatever_is_added_meanwhile(int limit)
    {
        // All at the same instant, and the last ones earlier: the order is that of recording.
        for (var number = 0; number < 7; number++)
        {
            await Store.Access.RecordAsync(Entry(Number(number)) with { At = Some.Instant.AddDays(number > 4 ? -1 : 0) });
        }

        var all = new List<AuditEntry>();
        string? cursor = null;
        do
        {
            var page = await Store.Access.ListAuditAsync(cursor, limit, Cancel);
            Assert.True(page.Items.Count <= limit && all.Count < 7, "paging does not come to an end");
            all.AddRange(page.Items);
            await Store.Access.RecordAsync(Entry("meanwhile"));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(Number), all.Select(entry => entry.Action));
        Assert.Equal("meanwhile", (await PageAsync(null, 1))[0].Action);
    }

    [Fact]
    public async Task Changes_elsewhere_are_recorded_in_the_same_log()
    {
        await Store.Access.RecordAsync(Entry("before"));
        var (_, endpoint) = await Store.Endpoints.CreateAsync(SomeEndpoint.Http(), SomeEndpoint.Secrets, StartPosition.Now, created => Entry($"create {created.Id}"));
        await Store.Endpoints.CreateAsync(SomeEndpoint.Http(), SomeEndpoint.Secrets, StartPosition.Now, _ => Entry("name taken"));
        await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint!.Id, EventTypes = ["*"] }, replay => Entry($"replay {replay.State}"));
        await Store.Access.RecordAsync(Entry("after"));

        Assert.Equal(
            ["after", "replay Running", $"create {endpoint.Id}", "before"], (await PageAsync(null, 10)).Select(entry => entry.Action));
    }

    private static ApiKey Key(string name, ApiRole role = ApiRole.Viewer) =>
        new() { Id = Some.Id(), Name = name, Role = role, CreatedAt = Some.Instant };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static AuditEntry Entry(string action) => new(Some.Instant, "admin", Some.Id(), action, null, null);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<ApiKey?> FindAsync(string text) => Store.Access.FindKeyAsync(Hash(text), Cancel);

    private async Task<IReadOnlyList<AuditEntry>> PageAsync(string? cursor, int limit) =>
        (await Store.Access.ListAuditAsync(cursor, limit, Cancel)).Items;
}
