using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;
using Scouthook.Registrations.Tests.Support;

namespace Scouthook.Registrations.Tests.Comparing;

public sealed class RegistrationComparisonTests
{
    private static readonly WebhookRegistration Good = Some.Registration();

    public static TheoryData<WebhookRegistration, RegistrationDifferenceKind, string> Differing => new()
    {
        { Good with { State = "disabled" }, RegistrationDifferenceKind.Disabled, "It is disabled: Help Scout sends nothing." },
        {
            Good with { Url = "https://old.example.com/webhook", Label = "main" }, RegistrationDifferenceKind.Url,
            "It calls https://old.example.com/webhook; expected https://example.com/webhook."
        },
        { Good with { Events = ["convo.created"] }, RegistrationDifferenceKind.MissingEvents, "It does not send convo.tags." },
        {
            Good with { Events = ["convo.created", "convo.tags", "tag.created"] }, RegistrationDifferenceKind.ExtraEvents,
            "It also sends tag.created."
        },
        { Good with { MailboxIds = [7] }, RegistrationDifferenceKind.MissingMailboxes, "It is limited to inbox 7; expected all inboxes." },
        {
            Good with { PayloadVersion = "V1" }, RegistrationDifferenceKind.PayloadVersion,
            "It sends payload version V1, which is not typed; expected V2."
        },
        {
            Good with { Notification = true }, RegistrationDifferenceKind.NotificationMode,
            "Notification mode is on: it sends only the URI of the resource; expected whole resources."
        },
    };

    [Theory]
    [MemberData(nameof(Differing))]
    public void Each_difference_is_described(WebhookRegistration actual, RegistrationDifferenceKind kind, string description) =>
        Assert.Equal([new RegistrationDifference(kind, description)], Compare(Some.Expected(), actual));

    [Theory]
    [InlineData("1,2", "", "ExtraMailboxes: It sends events of all inboxes; expected only inboxes 1, 2.")]
    [InlineData("1,2", "2", "MissingMailboxes: It does not send events of inbox 1.")]
    [InlineData("1", "1,2", "ExtraMailboxes: It also sends events of inbox 2.")]
    [InlineData("2,1", "1,2", "")]
    public void Inboxes_are_compared_as_sets(string expected, string actual, string differences) => Assert.Equal(
        differences,
        string.Join('|', Compare(
            Some.Expected() with { MailboxIds = Numbers(expected) }, Good with { MailboxIds = Numbers(actual) })
            .Select(difference => $"{difference.Kind}: {difference.Description}")));

    [Theory]
    [InlineData(null, "V2", false)]
    [InlineData(null, "V3", false)]
    [InlineData("V2", "V3", true)]
    [InlineData("V3", "V3", false)]
    public void Payload_version_is_compared_if_it_is_declared(string? expected, string actual, bool differs) => Assert.Equal(
        differs,
        Compare(Some.Expected() with { PayloadVersion = expected }, Good with { PayloadVersion = actual }).Count > 0);

    [Fact]
    public void Label_is_compared_if_it_is_declared()
    {
        Assert.Empty(Compare(Some.Expected(), Good with { Label = "another" }));
        Assert.Equal(
            "Its label is empty; expected CRM.", Assert.Single(Compare(Some.Expected() with { Label = "CRM" }, Good)).Description);
    }

    [Fact]
    public void Other_events_are_no_difference_if_all_are_expected()
    {
        var expected = Some.Expected() with { AllowsOtherEvents = true };
        var actual = Good with { Events = [.. Good.Events, "convo.ai-answers.created"] };

        Assert.Empty(Compare(expected, actual));
        Assert.Equal(actual.Events, expected.ToRequest(actual, Some.Secret).Events);
    }

    [Fact]
    public void Missing_registration_is_a_difference()
    {
        var comparison = Assert.Single(RegistrationComparison.Compare([Some.Expected()], [Some.Registration(url: "https://other.example.com/")]));

        Assert.Null(comparison.Actual);
        Assert.Equal("No registration calls https://example.com/webhook.", Assert.Single(comparison.Differences).Description);
    }

    [Fact]
    public void Letter_case_of_the_host_does_not_matter_and_that_of_the_path_does()
    {
        Assert.Empty(Compare(Some.Expected(), Good with { Url = "https://EXAMPLE.com/webhook" }));
        Assert.NotEmpty(Compare(Some.Expected(), Good with { Url = "https://example.com/Webhook", Label = "main" }));
    }

    [Fact]
    public void Label_decides_between_registrations_of_one_URL_and_none_is_used_twice()
    {
        var compared = RegistrationComparison.Compare(
            [Some.Expected("first"), Some.Expected("second"), Some.Expected("third")],
            [Good with { Id = 1, Label = "second" }, Good with { Id = 2 }]);

        Assert.Equal([2, 1, null], compared.Select(comparison => comparison.Actual?.Id));
    }

    [Fact]
    public void Enabled_registration_is_preferred_to_a_disabled_duplicate()
    {
        var compared = RegistrationComparison.Compare([Some.Expected()], [Good with { Id = 1, State = "disabled" }, Good with { Id = 2 }]);

        Assert.Equal(2, Assert.Single(compared).Actual?.Id);
    }

    [Fact]
    public void Without_declarations_only_registrations_of_the_path_are_checked()
    {
        var compared = RegistrationComparison.CompareUndeclared(
            "/webhook",
            [
                Good with { Id = 1, State = "disabled" },
                Good with { Id = 2, Url = "https://gateway.example.com/base/webhook/?x=1" },
                Good with { Id = 3, Url = "https://example.com/other", State = "disabled" },
            ]);

        Assert.Equal([(1, 1), (2, 0)], compared.Select(comparison => ((int)comparison.Actual!.Id, comparison.Differences.Count)));
    }

    [Fact]
    public void Without_declarations_a_path_that_nothing_calls_is_a_difference() => Assert.Equal(
        "No registration calls a URL that ends with /webhook.",
        Assert.Single(Assert.Single(RegistrationComparison.CompareUndeclared("/webhook", [Good with { Url = "https://example.com/" }])).Differences).Description);

    private static IReadOnlyList<RegistrationDifference> Compare(ExpectedRegistration expected, WebhookRegistration actual) =>
        Assert.Single(RegistrationComparison.Compare([expected], [actual])).Differences;

    private static long[] Numbers(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
}
