using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Model;

public class EventPatternTests
{
    [Theory]
    [InlineData("*", true)]
    [InlineData("convo.*", true)]
    [InlineData("convo.customer.*", true)]
    [InlineData("convo.tags", true)]
    [InlineData("helpscout test ü", true)]
    [InlineData("", false)]
    [InlineData(".*", false)]
    [InlineData("**", false)]
    [InlineData("convo*", false)]
    [InlineData("*.tags", false)]
    [InlineData("convo.*.created", false)]
    [InlineData("convo.**", false)]
    public void Asterisk_is_allowed_only_alone_or_after_a_final_dot(string pattern, bool valid) =>
        Assert.Equal(valid, EventPattern.IsValid(pattern));

    [Theory]
    [InlineData("*", "convo.tags", true)]
    [InlineData("*", "", true)]
    [InlineData("convo.*", "convo.tags", true)]
    [InlineData("convo.*", "convo.customer.reply.created", true)]
    [InlineData("convo.*", "convo.", true)]
    [InlineData("convo.*", "convo", false)]
    [InlineData("convo.*", "convoy.tags", false)]
    [InlineData("convo.*", "CONVO.tags", false)]
    [InlineData("convo.*", "", false)]
    [InlineData("convo.tags", "convo.tags", true)]
    [InlineData("convo.tags", "convo.tags.more", false)]
    [InlineData("convo.tags", "convo.Tags", false)]
    [InlineData("conversations", "convo.tags", true)]
    [InlineData("conversations", "convo.deleted", true)]
    [InlineData("conversations", "convo.unheard-of", false)]
    [InlineData("conversations", "customer.deleted", false)]
    [InlineData("Conversations", "convo.tags", false)]
    [InlineData("customers", "customer.deleted", true)]
    [InlineData("tags", "tag.deleted", true)]
    [InlineData("tags", "convo.tags", false)]
    [InlineData("organizations", "organization.deleted", true)]
    [InlineData("chats", "beacon.chat.created", false)]
    public void Pattern_matches_as_documented(string pattern, string name, bool matches) =>
        Assert.Equal(matches, EventPattern.Matches(pattern, name));
}
