using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

public class EndpointEditsTests
{
    private static readonly NodeIdentity Node = new(Some.Id(), IsAlone: true);
    private static readonly AuditEntry Entry = new(Some.Instant, "ann", null, "endpoint.change", null, null);

    [Fact]
    public void New_endpoint_starts_where_it_was_asked_to_and_its_name_is_unique()
    {
        var changes = Changes();

        var created = EndpointEdits.Create(changes, SomeEndpoint.Http("CRM"), [1], StartPosition.Beginning, _ => Entry);
        var again = EndpointEdits.Create(changes, SomeEndpoint.Http("crm"), [1], StartPosition.Beginning, _ => Entry);

        Assert.Equal((EndpointOutcome.Done, 17), (created.Outcome, created.Endpoint!.DispatchedThrough));
        Assert.Equal(EndpointOutcome.NameTaken, again.Outcome);
        Assert.Equal([created.Endpoint], changes.Added);
        Assert.Single(changes.Audit);
    }

    [Fact]
    public void Change_of_the_definition_is_a_new_revision_and_an_equal_one_is_not()
    {
        var endpoint = SomeEndpoint.Stored();
        var changes = Changes(endpoint);

        EndpointEdits.Change(changes, endpoint.Id, definition => definition with { Events = ["*"] }, null);
        Assert.Empty(changes.Changed);
        var changed = EndpointEdits.Change(changes, endpoint.Id, definition => definition with { Concurrency = 3 }, null);

        Assert.Equal((1, 3), (changed.Endpoint!.Revision, changed.Endpoint.Definition.Concurrency));
        Assert.Equal([(endpoint, changed.Endpoint)], changes.Changed);
    }

    [Theory]
    [InlineData(EndpointOrdering.Strict, EndpointOrdering.Resource, true)]
    [InlineData(EndpointOrdering.Strict, EndpointOrdering.Strict, false)]
    [InlineData(EndpointOrdering.Resource, EndpointOrdering.Strict, false)]
    internal void Dead_letters_block_no_longer_when_an_endpoint_stops_being_strict(
        EndpointOrdering before, EndpointOrdering after, bool unblocks) =>
        Assert.Equal(unblocks, EndpointChanges.Unblocks(SomeEndpoint.Stored(before), SomeEndpoint.Stored(after)));

    [Fact]
    public void Declared_endpoint_is_not_edited_through_the_api()
    {
        var declared = SomeEndpoint.Stored() with { Origin = EndpointOrigin.Configuration };
        var changes = Changes(declared);

        Assert.Equal(EndpointOutcome.Declared, EndpointEdits.Change(changes, declared.Id, it => it with { Concurrency = 1 }, null).Outcome);
        Assert.Equal(EndpointOutcome.Declared, EndpointEdits.Delete(changes, declared.Id, null).Outcome);
        Assert.Equal(EndpointOutcome.NotFound, EndpointEdits.Delete(changes, Some.Id(), null).Outcome);
        Assert.Empty(changes.Removed);
    }

    [Fact]
    public void Disabling_raises_an_event_and_enabling_forgets_the_failures()
    {
        var failing = SomeEndpoint.Stored() with
        {
            FailingSince = Some.Instant,
            Health = new EndpointHealth { Failures = 9, FailingDays = 4, LastFailedAt = Some.Instant, LastError = "no" },
        };
        var changes = Changes(failing);

        EndpointEdits.SetState(changes, failing.Id, EndpointState.Disabled, "by hand", Entry);
        Assert.Equal("Endpoint crm was disabled: by hand", Assert.Single(changes.Raised).Facts.Title);
        Assert.Empty(changes.Due);
        var enabled = EndpointEdits.SetState(changes, failing.Id, EndpointState.Enabled, null, Entry).Endpoint!;

        Assert.Equal((null, 0, 0, Some.Instant), (enabled.FailingSince, enabled.Health.Failures, enabled.Health.FailingDays, enabled.Health.LastFailedAt));
        Assert.Equal([failing.Id], changes.Due);
        Assert.Equal(2, changes.Audit.Count);
    }

    [Fact]
    public void State_that_is_set_already_is_not_recorded_but_what_waits_becomes_due()
    {
        var endpoint = SomeEndpoint.Stored();
        var changes = Changes(endpoint);

        Assert.Equal(EndpointOutcome.Unchanged, EndpointEdits.SetState(changes, endpoint.Id, EndpointState.Enabled, null, Entry).Outcome);

        Assert.Empty(changes.Audit);
        Assert.Empty(changes.Changed);
        Assert.Equal([endpoint.Id], changes.Due);
    }

    [Fact]
    public void Retry_is_only_for_enabled_endpoints()
    {
        var paused = SomeEndpoint.Stored() with { State = EndpointState.Paused };
        var changes = Changes(paused);

        Assert.Equal(EndpointOutcome.NotEnabled, EndpointEdits.Retry(changes, paused.Id, Entry).Outcome);
        Assert.Empty(changes.Due);
        Assert.Empty(changes.Audit);
    }

    [Fact]
    public void Endpoint_no_longer_declared_is_disabled_and_returns_to_its_state()
    {
        var paused = SomeEndpoint.Stored() with { Origin = EndpointOrigin.Configuration, State = EndpointState.Paused };
        var gone = Changes(paused);

        DeclarationEdits.Declare(gone, Declare("b"), null);
        var undeclared = Assert.Single(gone.All);
        Assert.Equal((EndpointState.Disabled, EndpointState.Paused, "not declared"), (undeclared.State, undeclared.UndeclaredFrom, undeclared.StateReason));

        var back = Changes(undeclared);
        DeclarationEdits.Declare(back, Declare("c", paused.Definition), null);
        Assert.Equal((EndpointState.Paused, null), (Assert.Single(back.All).State, back.All[0].UndeclaredFrom));
    }

    [Fact]
    public void Declared_endpoints_carry_their_declaration()
    {
        var changes = Changes();

        DeclarationEdits.Declare(changes, Declare("a", SomeEndpoint.Http("crm")), null);

        var declared = Assert.Single(changes.Added);
        Assert.Equal(("a", Some.Instant), (declared.Declaration, declared.DeclaredSince));
        Assert.Equal("a", Assert.Single(changes.Declared).Fingerprint);
    }

    [Fact]
    public void Superseded_declaration_changes_no_endpoint_and_is_seen_to_exist()
    {
        var other = new NodeIdentity(Some.Id(), IsAlone: false);
        Declaration[] known =
        [
            new(EndpointOrigin.Configuration, "old", Some.Instant.AddHours(-2), Some.Instant.AddHours(-1), Node.Id),
            new(EndpointOrigin.Configuration, "new", Some.Instant.AddHours(-1), Some.Instant, Some.Id()),
        ];
        var changes = new EndpointChanges([SomeEndpoint.Stored()], known, other, Some.Instant, _ => 0);

        var result = DeclarationEdits.Declare(changes, Declare("old", SomeEndpoint.Http("crm")), (_, _) => Entry);

        Assert.Equal((DeclarationOutcome.Superseded, Some.Instant.AddHours(-1)), (result.Outcome, result.NewestSeenAt));
        Assert.Empty(changes.Changed);
        Assert.Empty(changes.Added);
        Assert.Empty(changes.Audit);

        // Its age stays, so it never comes into force; that it is still declared shows that nodes disagree.
        var confirmed = Assert.Single(changes.Declared);
        Assert.Equal(("old", Some.Instant.AddHours(-2), Some.Instant), (confirmed.Fingerprint, confirmed.FirstSeenAt, confirmed.ConfirmedAt));
    }

    private static EndpointChanges Changes(params WebhookEndpoint[] endpoints) =>
        new(endpoints, [], Node, Some.Instant, start => start == StartPosition.Beginning ? 17 : 99);

    private static DesiredEndpointSet Declare(string fingerprint, params EndpointDefinition[] definitions) => new(
        EndpointOrigin.Configuration,
        fingerprint,
        [.. definitions.Select(definition => new DesiredEndpoint(definition, StartPosition.Now))],
        "not declared");
}
