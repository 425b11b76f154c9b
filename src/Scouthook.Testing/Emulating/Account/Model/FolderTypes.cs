using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Decides which folder of its inbox lists a conversation.</summary>
internal static class FolderTypes
{
    public const string Open = "open";
    public const string Assigned = "assigned";
    public const string Team = "team";
    public const string Closed = "closed";
    public const string Spam = "spam";

    public static long Find(AccountInbox inbox, ConversationStatus? status, Person? assignee)
    {
        var type = (status?.Text, assignee?.Type?.Text) switch
        {
            ("spam", _) => Spam,
            ("closed", _) => Closed,
            (_, null) => Open,
            (_, "team") => Team,
            _ => Assigned,
        };
        return inbox.Folders.First(folder => folder.Type == type).Id;
    }
}
