using Microsoft.Extensions.Time.Testing;
using Scouthook.Management.Watching;

namespace Scouthook.Gateway.Tests.Watching;

public sealed class ReenableRuleTests
{
    private const string Source = "default";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly OwnRefusals _refusals;

    public ReenableRuleTests() => _refusals = new OwnRefusals(_clock);

    [Fact]
    public void Enabled_only_if_allowed_and_with_a_secret()
    {
        Assert.Equal(ReenableDecision.Enable, Decide());
        Assert.Equal(ReenableDecision.NotAllowed, Decide(isAllowed: false));
        Assert.Equal(ReenableDecision.NoSecret, Decide(hasSecret: false));
    }

    [Fact]
    public void Enabled_at_most_once_an_hour()
    {
        var last = _clock.GetUtcNow();

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(ReenableDecision.TooSoon, Decide(last: last));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ReenableDecision.Enable, Decide(last: last));
    }

    [Fact]
    public void Clock_that_was_set_back_does_not_hold_it_back_for_longer() =>
        Assert.Equal(ReenableDecision.Enable, Decide(last: _clock.GetUtcNow().AddDays(1)));

    [Theory]
    [InlineData("signature_mismatch")]
    [InlineData("no_live_secret")]
    [InlineData("unavailable")]
    [InlineData("error")]
    [InlineData("no_room")]
    [InlineData("body_timeout")]
    public void Not_enabled_within_an_hour_of_ten_own_rejections(string result)
    {
        for (var number = 0; number < OwnRefusals.Many; number++)
        {
            Assert.Equal(ReenableDecision.Enable, Decide());
            _refusals.Ended(Source, result);
        }

        Assert.Equal(ReenableDecision.OwnAnswers, Decide());
        Assert.False(_refusals.AreMany("other"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReenableDecision.Enable, Decide());
    }

    [Theory]
    [InlineData("kept")]
    [InlineData("signature_missing")]
    [InlineData("signature_malformed")]
    [InlineData("method_not_allowed")]
    public void Accepted_requests_and_those_that_Help_Scout_never_sends_do_not_count(string result)
    {
        for (var number = 0; number < 100; number++)
        {
            _refusals.Ended(Source, result);
        }

        Assert.Equal(ReenableDecision.Enable, Decide());
    }

    [Fact]
    public void Every_decision_against_it_is_explained() => Assert.All(
        Enum.GetValues<ReenableDecision>(),
        decision => Assert.Equal(decision is ReenableDecision.Enable, ReenableRule.Explain(decision, Source) is null));

    private ReenableDecision Decide(bool isAllowed = true, bool hasSecret = true, DateTimeOffset? last = null) =>
        ReenableRule.Decide(isAllowed, hasSecret, _refusals.AreMany(Source), last, _clock.GetUtcNow());
}
