using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules;

/// <summary>Two nodes with different files must not undo each other in turn.</summary>
public class DeclarationRuleTests
{
    private static readonly NodeIdentity One = new(Some.Id(), IsAlone: false);
    private static readonly NodeIdentity Two = new(Some.Id(), IsAlone: false);

    private readonly List<Declaration> _known = [];
    private DateTimeOffset _now = Some.Instant;

    [Fact]
    public void Newest_declaration_wins_and_the_older_one_never_comes_back_while_it_lives()
    {
        Assert.True(IsInForce("a", One));
        Assert.True(IsInForce("b", Two));

        for (var minute = 0; minute < 60; minute++)
        {
            _now = _now.AddMinutes(1);
            Assert.False(IsInForce("a", One));
            Assert.True(IsInForce("b", Two));
        }
    }

    [Fact]
    public void Restarted_node_with_the_old_file_changes_nothing()
    {
        IsInForce("a", One);
        IsInForce("b", Two);

        Assert.False(IsInForce("a", new NodeIdentity(Some.Id(), IsAlone: false)));
    }

    [Fact]
    public void Earlier_declaration_is_in_force_again_once_no_node_declares_the_newer_one()
    {
        IsInForce("a", One);
        IsInForce("b", Two);
        _now += DeclarationRule.LiveFor - TimeSpan.FromSeconds(1);
        Assert.False(IsInForce("a", One));

        _now += TimeSpan.FromSeconds(1);

        Assert.True(IsInForce("a", One));
        Assert.False(IsInForce("b", Two));
    }

    [Fact]
    public void It_does_not_matter_which_node_confirmed_the_newer_one_last()
    {
        IsInForce("a", One);
        IsInForce("b", One);
        IsInForce("b", Two);
        Assert.False(IsInForce("a", One));
        IsInForce("b", One);

        Assert.False(IsInForce("a", One));
    }

    [Fact]
    public void Clock_that_is_set_back_keeps_no_declaration_alive()
    {
        IsInForce("a", One);
        IsInForce("b", Two);

        _now = _now.AddDays(-1);

        Assert.True(IsInForce("a", One));
    }

    [Fact]
    public void Sole_node_is_always_followed()
    {
        var alone = One with { IsAlone = true };
        IsInForce("a", Two with { IsAlone = true });
        IsInForce("b", Two with { IsAlone = true });

        Assert.True(IsInForce("a", alone));
        Assert.Equal(3, _known.Max(declaration => declaration.FirstSeenAt.Ticks - Some.Instant.Ticks) / TimeSpan.TicksPerMicrosecond + 1);
    }

    [Fact]
    public void Declaration_is_confirmed_now_and_then_and_not_each_time()
    {
        IsInForce("a", One);
        var first = _known.Single();
        _now += DeclarationRule.ConfirmEvery / 4;
        IsInForce("a", One);
        Assert.Equal(first, _known.Single());

        _now += DeclarationRule.ConfirmEvery;
        IsInForce("a", One);

        Assert.Equal((first.FirstSeenAt, _now), (_known.Single().FirstSeenAt, _known.Single().ConfirmedAt));
    }

    private bool IsInForce(string fingerprint, NodeIdentity node)
    {
        var declared = new DesiredEndpointSet(EndpointOrigin.Configuration, fingerprint, [], "gone");
        var inForce = DeclarationRule.InForce(_known, declared, node, _now);
        _known.RemoveAll(known => known.Fingerprint == inForce.Fingerprint);
        _known.Add(inForce);
        return inForce.Fingerprint == fingerprint;
    }
}
