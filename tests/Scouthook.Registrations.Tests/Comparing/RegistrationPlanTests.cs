using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Tests.Support;

namespace Scouthook.Registrations.Tests.Comparing;

public sealed class RegistrationPlanTests
{
    [Fact]
    public void Plan_creates_updates_keeps_and_never_deletes()
    {
        var plan = RegistrationPlan.Create(
            [Some.Expected("new", "https://new.example.com/"), Some.Expected("moved", "https://moved.example.com/"), Some.Expected("same")],
            [
                Some.Registration(1),
                Some.Registration(2, "https://old.example.com/") with { Label = "moved" },
                Some.Registration(3, "https://foreign.example.com/"),
            ]);

        Assert.Equal(
            [("new", PlannedAction.Create, null), ("moved", PlannedAction.Update, 2), ("same", PlannedAction.None, 1)],
            plan.Changes.Select(change => (change.Expected.Name, change.Action, (int?)change.Actual?.Id)));
        Assert.Equal([3], plan.Undeclared.Select(registration => registration.Id));
        Assert.False(plan.IsEmpty);
    }

    [Fact]
    public void Update_makes_the_registration_as_expected_and_keeps_what_is_not_compared()
    {
        var expected = Some.Expected() with { MailboxIds = null };
        var actual = Some.Registration() with
        {
            State = "disabled", Label = "By hand", MailboxIds = [7], PayloadVersion = "V3", Notification = true, Events = ["tag.created"],
        };

        var request = expected.ToRequest(actual, Some.Secret);

        var after = actual with
        {
            State = request.State!,
            Label = request.Label,
            MailboxIds = request.MailboxIds,
            PayloadVersion = request.PayloadVersion!,
            Notification = request.Notification,
            Events = request.Events,
        };
        Assert.True(RegistrationPlan.Create([expected], [after]).IsEmpty);
        Assert.Equal(("By hand", "V3", Some.Secret), (request.Label, request.PayloadVersion, request.Secret));
        Assert.Equal([7], request.MailboxIds);
    }

    [Fact]
    public void Created_registration_is_recognised_afterwards()
    {
        var expected = Some.Expected() with { Events = null };

        var request = expected.ToRequest(Some.Secret);

        var created = Some.Registration() with { Label = request.Label, Events = request.Events };
        Assert.Equal(25, request.Events.Count);
        Assert.Equal("main", request.Label);
        Assert.True(RegistrationPlan.Create([expected], [created]).IsEmpty);
    }

    [Fact]
    public void Version_that_is_not_typed_is_replaced() =>
        Assert.Equal("V2", Some.Expected().ToRequest(Some.Registration() with { PayloadVersion = "V1" }, Some.Secret).PayloadVersion);
}
