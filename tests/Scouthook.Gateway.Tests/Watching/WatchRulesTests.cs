using Scouthook.Management.Watching;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;

namespace Scouthook.Gateway.Tests.Watching;

public sealed class WatchRulesTests
{
    private const string Url = "https://hooks.example.com/webhook";

    private static readonly ExpectedRegistration Expected = new() { Name = "main", Url = Url, Events = ["convo.created", "tag.created"] };

    private static readonly WebhookRegistration Actual = new() { Id = 10, Url = Url, Events = ["convo.created", "tag.created"] };

    private RegistrationMemory _memory = RegistrationMemory.Empty;

    [Fact]
    public void Nothing_is_reported_while_everything_is_as_expected()
    {
        Assert.Empty(Check(Actual));
        Assert.Empty(Check(Actual));
        Assert.Equal(RegistrationCondition.Ok, WatchRules.ConditionOf(Compare(Actual)));
    }

    [Fact]
    public void Disabled_registration_is_reported_once_and_again_when_it_is_enabled()
    {
        var disabled = Actual with { State = RegistrationState.Disabled };

        var report = Assert.Single(Check(disabled));
        Assert.Equal((true, false, 10L), (report.IsAboutState, report.IsGood, report.RegistrationId));
        Assert.Empty(Check(disabled));
        Assert.Equal(RegistrationCondition.Disabled, WatchRules.ConditionOf(Compare(disabled)));

        report = Assert.Single(Check(Actual));
        Assert.Equal((true, true, 10L), (report.IsAboutState, report.IsGood, report.RegistrationId));
        Assert.Empty(Check(Actual));
    }

    [Fact]
    public void Each_change_of_what_it_sends_is_reported_once_and_again_when_it_is_over()
    {
        var less = Actual with { Events = ["convo.created"] };

        Assert.Contains("tag.created", Assert.Single(Check(less)).Message, StringComparison.Ordinal);
        Assert.Empty(Check(less));
        Assert.Equal(RegistrationCondition.Changed, WatchRules.ConditionOf(Compare(less)));
        Assert.Contains(PayloadVersions.V1, Assert.Single(Check(less with { PayloadVersion = PayloadVersions.V1 })).Message, StringComparison.Ordinal);

        var report = Assert.Single(Check(Actual));
        Assert.Equal((false, true), (report.IsAboutState, report.IsGood));
        Assert.Empty(Check(Actual));
    }

    [Fact]
    public void Deleted_registration_is_a_change_and_not_an_enabled_one()
    {
        Check(Actual with { State = RegistrationState.Disabled });

        var report = Assert.Single(Check());

        Assert.Equal((false, false), (report.IsAboutState, report.IsGood));
    }

    [Fact]
    public void Additional_events_inboxes_and_another_label_are_no_problem()
    {
        Assert.Empty(Check(Actual with { Events = [.. Actual.Events, "tag.deleted"], Label = "ours" }));
    }

    private static IReadOnlyList<RegistrationComparison> Compare(params WebhookRegistration[] actual) =>
        RegistrationComparison.Compare([Expected], actual);

    private IReadOnlyList<RegistrationReport> Check(params WebhookRegistration[] actual)
    {
        var (reports, after) = WatchRules.Compare("default", _memory, Compare(actual));
        _memory = after;
        return reports;
    }
}
