using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests;

public sealed class ReleaseCheckTests
{
    [Fact]
    public void Packages_of_one_release_are_accepted()
    {
        ReleaseCheck.Require(typeof(HelpScoutEvent).Assembly);

        Assert.NotSame(typeof(HelpScoutEvent).Assembly, typeof(ReleaseCheck).Assembly);
    }

    [Theory]
    [InlineData("0.3.0", "0.2.0")]
    [InlineData("0.2.0", "0.3.0")]
    [InlineData("0.3.0", "0.3.0-preview.1")]
    [InlineData("0.3.0", null)]
    public void Packages_of_different_releases_are_rejected_with_both_versions_and_the_remedy(string release, string? other)
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => ReleaseCheck.Require("Scouthook.Inbox", release, "Scouthook", other));

        Assert.Equal(
            $"Scouthook.Inbox {release} requires Scouthook {release}, but Scouthook {other} is loaded. "
            + "Reference the same version of all Scouthook packages, then rebuild and deploy the whole output.",
            exception.Message);
    }
}
