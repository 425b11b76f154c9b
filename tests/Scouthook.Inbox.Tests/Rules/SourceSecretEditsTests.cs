using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public sealed class SourceSecretEditsTests
{
    private const string Source = "default";

    private static readonly DateTimeOffset Now = Some.Instant;

    private List<StoredSourceSecret> _stored = [];
    private DateTimeOffset _now = Now;

    [Fact]
    public void Newest_stored_secret_is_the_current_one_then_come_earlier_ones_then_configured_ones_in_order()
    {
        Add("aaaa", Configured("cccc", "bbbb"));
        Add("dddd", Configured("cccc", "bbbb"));

        Assert.Equal(["dddd", "aaaa", "cccc", "bbbb"], List(Configured("cccc", "bbbb")).Select(secret => secret.Fingerprint));
        Assert.Equal([true, true, false, false], List(Configured("cccc", "bbbb")).Select(secret => secret.IsStored));
    }

    [Fact]
    public void Secrets_of_other_sources_do_not_count()
    {
        _stored.Add(new StoredSourceSecret("other", "aaaa", [1], Now, null));

        Assert.Equal(["cccc"], List(Configured("cccc")).Select(secret => secret.Fingerprint));
        Assert.Equal(SourceSecretOutcome.NotFound, End("aaaa", Now, Configured("cccc")).Outcome);
    }

    [Fact]
    public void Secret_that_is_stored_and_configured_is_listed_once()
    {
        Add("aaaa", Configured("cccc"));

        Assert.Equal(["aaaa", "cccc"], List(Configured("cccc", "aaaa", "cccc")).Select(secret => secret.Fingerprint));
    }

    [Fact]
    public void Ended_configured_secret_stays_listed_with_its_end()
    {
        Add("aaaa", Configured("cccc"));

        Assert.Equal(new SourceSecretState("cccc", Now.AddHours(1)), End("cccc", Now.AddHours(1), Configured("cccc")).Secret);

        Assert.Equal(Now.AddHours(1), List(Configured("cccc"))[1].ExpiresAt);
        Assert.Null(_stored.Single(secret => secret.Fingerprint == "cccc").Secret);
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    public void End_of_a_configured_secret_is_the_earlier_of_both(int configured, int stored, int expected)
    {
        _stored.Add(new StoredSourceSecret(Source, "cccc", null, Now, Now.AddHours(stored)));

        Assert.Equal(Now.AddHours(expected), List([new SourceSecretState("cccc", Now.AddHours(configured))]).Single().ExpiresAt);
    }

    [Fact]
    public void Later_end_than_the_configured_one_is_rejected()
    {
        SourceSecretState[] configured = [new("cccc", Now.AddHours(1)), new("bbbb", null)];

        Assert.Equal(SourceSecretOutcome.EndConfigured, End("cccc", Now.AddHours(2), configured).Outcome);
        Assert.Equal(SourceSecretOutcome.EndConfigured, End("cccc", null, configured).Outcome);
        Assert.Equal(SourceSecretOutcome.Done, End("cccc", Now.AddMinutes(1), configured).Outcome);
    }

    [Fact]
    public void End_in_the_past_is_now_and_an_end_can_be_removed_again()
    {
        Add("aaaa", Configured("cccc"));

        End("cccc", Now.AddDays(-1), Configured("cccc"));
        Assert.Equal(Now, List(Configured("cccc"))[1].ExpiresAt);

        End("cccc", null, Configured("cccc"));
        Assert.Null(List(Configured("cccc"))[1].ExpiresAt);
        Assert.DoesNotContain(_stored, secret => secret.Fingerprint == "cccc");
    }

    [Fact]
    public void Last_valid_secret_cannot_be_ended_now_or_later()
    {
        Assert.Equal(SourceSecretOutcome.LastLive, End("cccc", Now, Configured("cccc")).Outcome);
        Assert.Equal(SourceSecretOutcome.LastLive, End("cccc", Now.AddDays(1), Configured("cccc")).Outcome);
        Assert.Equal(SourceSecretOutcome.LastLive, Remove("cccc", Configured("cccc")).Outcome);
        Assert.Empty(_stored);
    }

    [Fact]
    public void Another_secret_must_be_valid_when_one_ends()
    {
        SourceSecretState[] configured = [new("cccc", null), new("bbbb", Now.AddHours(1))];

        Assert.Equal(SourceSecretOutcome.LastLive, End("cccc", Now.AddHours(1), configured).Outcome);
        Assert.Equal(SourceSecretOutcome.Done, End("cccc", Now.AddMinutes(59), configured).Outcome);
    }

    [Fact]
    public void Extending_the_last_valid_secret_is_allowed()
    {
        Add("aaaa", Configured("cccc"), Now.AddHours(1));
        End("cccc", Now.AddMinutes(1), Configured("cccc"));
        _now = Now.AddMinutes(2);

        Assert.Equal(SourceSecretOutcome.Done, End("aaaa", Now.AddHours(2), Configured("cccc")).Outcome);
        Assert.Equal(SourceSecretOutcome.LastLive, End("aaaa", Now.AddHours(1), Configured("cccc")).Outcome);
    }

    [Fact]
    public void Secret_that_is_valid_already_is_not_added_again_and_an_ended_one_is_the_newest()
    {
        Assert.Equal(SourceSecretOutcome.AlreadyLive, Add("cccc", Configured("cccc")).Outcome);
        Add("aaaa", Configured("cccc"));
        Add("bbbb", Configured("cccc"));
        Remove("cccc", Configured("cccc"));

        Assert.Equal(SourceSecretOutcome.Done, Add("cccc", Configured("cccc")).Outcome);

        Assert.Equal(["cccc", "bbbb", "aaaa"], List(Configured("cccc")).Select(secret => secret.Fingerprint));
    }

    [Fact]
    public void Removed_secret_is_no_longer_listed_its_text_is_forgotten_and_it_stays_ended_if_it_is_configured_later()
    {
        Add("aaaa", Configured("cccc"));

        Assert.Equal(SourceSecretOutcome.Done, Remove("aaaa", Configured("cccc")).Outcome);

        Assert.Equal(["cccc"], List(Configured("cccc")).Select(secret => secret.Fingerprint));
        Assert.Null(_stored.Single().Secret);
        Assert.Equal(SourceSecretOutcome.NotFound, Remove("aaaa", Configured("cccc")).Outcome);
        Assert.Equal(Now, List(Configured("cccc", "aaaa"))[1].ExpiresAt);
    }

    [Fact]
    public void Ended_configured_secret_can_be_removed_again_without_a_change()
    {
        Add("aaaa", Configured("cccc"));
        Remove("cccc", Configured("cccc"));

        Assert.Equal(SourceSecretOutcome.Done, Remove("cccc", Configured("cccc")).Outcome);
        Assert.Equal(SourceSecretOutcome.NotFound, Remove("dddd", Configured("cccc")).Outcome);
    }

    [Fact]
    public void Source_has_at_most_twenty_valid_secrets()
    {
        for (var number = 0; number < SourceSecretRules.MaxLive - 1; number++)
        {
            Assert.Equal(SourceSecretOutcome.Done, Add($"{number:x4}", Configured("cccc")).Outcome);
        }

        Assert.Equal(SourceSecretOutcome.TooMany, Add("ffff", Configured("cccc")).Outcome);
        Remove("0001", Configured("cccc"));
        Assert.Equal(SourceSecretOutcome.Done, Add("ffff", Configured("cccc")).Outcome);
    }

    [Fact]
    public void Text_of_a_secret_is_forgotten_a_week_after_its_end()
    {
        Add("aaaa", Configured("cccc"), Now.AddHours(1));

        _now = Now.AddHours(1) + SourceSecretRules.KeptAfterEnd;
        Add("bbbb", Configured("cccc"));
        Assert.NotNull(_stored[0].Secret);

        _now += TimeSpan.FromSeconds(1);
        Add("dddd", Configured("cccc"));
        Assert.Null(_stored[0].Secret);
        Assert.Equal(["dddd", "bbbb", "cccc"], List(Configured("cccc")).Select(secret => secret.Fingerprint));
    }

    private static SourceSecretState[] Configured(params string[] fingerprints) =>
        [.. fingerprints.Select(fingerprint => new SourceSecretState(fingerprint, null))];

    private IReadOnlyList<SourceSecretState> List(SourceSecretState[] configured) =>
        SourceSecretRules.List(Source, configured, _stored);

    private SourceSecretResult Add(string fingerprint, SourceSecretState[] configured, DateTimeOffset? expiresAt = null) => Change(
        changes => SourceSecretEdits.Add(changes, configured, new StoredSourceSecret(Source, fingerprint, [1], _now, expiresAt)));

    private SourceSecretResult End(string fingerprint, DateTimeOffset? expiresAt, SourceSecretState[] configured) =>
        Change(changes => SourceSecretEdits.End(changes, Source, configured, fingerprint, expiresAt));

    private SourceSecretResult Remove(string fingerprint, SourceSecretState[] configured) =>
        Change(changes => SourceSecretEdits.Remove(changes, Source, configured, fingerprint));

    private SourceSecretResult Change(Func<SourceSecretChanges, SourceSecretResult> change)
    {
        var changes = new SourceSecretChanges(_stored, _now);
        var result = change(changes);
        _stored = [.. changes.All];
        return result;
    }
}
