using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for the secrets of sources.</summary>
public abstract class SourceSecretContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_of_fingerprints_is_long_random_and_the_same_after_reopening()
    {
        var key = (await ReadAsync()).FingerprintKey;
        await Store.ReopenAsync();

        Assert.Equal(32, key.Length);
        Assert.Equal(key, (await ReadAsync()).FingerprintKey);
        await using var other = await CreateAsync(Window, Clock);
        Assert.NotEqual(key, (await other.SourceSecrets.ReadAsync(Cancel)).FingerprintKey);
    }

    [Fact]
    public async Task Secrets_are_kept_with_all_members_in_the_order_in_which_they_were_added()
    {
        // Neither names nor fingerprints nor ends are in that order.
        StoredSourceSecret[] secrets =
        [
            Secret("b", "ff00ff00") with { ExpiresAt = Some.Instant.AddDays(2).AddMicroseconds(7) },
            Secret("a", "00ff00ff") with { ExpiresAt = Some.Instant.AddDays(1) },
            Secret("b", "11111111") with { Secret = null, ExpiresAt = Some.Instant },
            Secret("b", "00000000"),
        ];
        foreach (var secret in secrets)
        {
            await AddAsync(secret);
        }

        AssertSame(secrets, (await ReadAsync()).All);
        await Store.ReopenAsync();
        AssertSame(secrets, (await ReadAsync()).All);
    }

    [Fact]
    public async Task Secret_that_is_added_again_is_the_newest_and_one_that_is_changed_keeps_its_place()
    {
        await AddAsync(Secret("a", "00000001"));
        await AddAsync(Secret("a", "00000002"));
        await AddAsync(Secret("a", "00000001") with { ExpiresAt = Some.Instant.AddDays(1) });

        await Store.SourceSecrets.ChangeAsync(changes =>
        {
            var before = changes.Find("a", "00000002")!;
            changes.Replace(before, before with { Secret = null, ExpiresAt = Some.Instant });
            return true;
        });

        AssertSame(
            [
                Secret("a", "00000002") with { Secret = null, ExpiresAt = Some.Instant },
                Secret("a", "00000001") with { ExpiresAt = Some.Instant.AddDays(1) },
            ],
            (await ReadAsync()).All);
    }

    [Fact]
    public async Task Removed_secret_is_gone_and_the_others_stay()
    {
        await AddAsync(Secret("a", "00000001"));
        await AddAsync(Secret("b", "00000001"));

        await Store.SourceSecrets.ChangeAsync(changes =>
        {
            changes.Remove(changes.Find("a", "00000001")!);
            return true;
        });

        Assert.Equal("b", Assert.Single((await ReadAsync()).All).Source);
    }

    [Fact]
    public async Task Names_of_sources_are_compared_without_case_as_in_the_configuration()
    {
        await AddAsync(Secret("Acme", "00000001"));
        await AddAsync(Secret("acme", "00000001") with { ExpiresAt = Some.Instant });

        Assert.Equal(Some.Instant, Assert.Single((await ReadAsync()).All).ExpiresAt);
    }

    [Fact]
    public async Task Change_sees_the_time_of_the_store_and_is_stored_with_its_audit_entry_or_not_at_all()
    {
        var now = await Store.At(Some.Instant.AddHours(3)).SourceSecrets.ChangeAsync(changes =>
        {
            changes.Add(Secret("a", "00000001"));
            changes.Record(Entry("source.secret.add"));
            return changes.Now;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.SourceSecrets.ChangeAsync<bool>(changes =>
        {
            changes.Add(Secret("a", "00000002"));
            changes.Record(Entry("never"));
            throw new InvalidOperationException();
        }));

        Assert.Equal(Some.Instant.AddHours(3), now);
        Assert.Equal("00000001", Assert.Single((await ReadAsync()).All).Fingerprint);
        Assert.Equal("source.secret.add", Assert.Single((await Store.Access.ListAuditAsync(null, 10, Cancel)).Items).Action);
    }

    [Fact]
    public async Task Concurrent_changes_see_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.SourceSecrets.ChangeAsync(changes =>
        {
            changes.Add(Secret("a", $"{changes.All.Count:x8}"));
            return true;
        })));

        Assert.Equal(20, (await ReadAsync()).All.Select(secret => secret.Fingerprint).Distinct().Count());
    }

    private static StoredSourceSecret Secret(string source, string fingerprint) =>
        new(source, fingerprint, [1, 2, 3], Some.Instant, null);

    private static AuditEntry Entry(string action) => new(Some.Instant, "admin", Some.Id(), action, "source:a", null);

    private static void AssertSame(IEnumerable<StoredSourceSecret> expected, IEnumerable<StoredSourceSecret> actual)
    {
        Assert.Equal(expected.Select(secret => secret with { Secret = null }), actual.Select(secret => secret with { Secret = null }));
        Assert.Equal(expected.Select(secret => secret.Secret), actual.Select(secret => secret.Secret));
    }

    private Task<StoredSourceSecrets> ReadAsync() => Store.SourceSecrets.ReadAsync(Cancel);

    private Task<bool> AddAsync(StoredSourceSecret secret) => Store.SourceSecrets.ChangeAsync(changes =>
    {
        changes.Add(secret);
        return true;
    });
}
