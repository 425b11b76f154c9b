using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Changes whether users answer email and chats.</summary>
internal sealed class UserActions(AccountData data)
{
    public UserStatus Set(
        AccountUser user, EmailAvailabilityStatus? email, ChatAvailabilityStatus? chat, AccountUser performedBy)
    {
        if (email is null && chat is null)
        {
            throw new ArgumentException("State the availability for email, for chat, or for both.");
        }

        var before = user.Status;
        var status = before with
        {
            Email = before.Email! with
            {
                Status = email ?? before.Email!.Status,
                UpdatedAt = data.Second(),
                PerformedBy = performedBy.Id,
            },
            Chat = chat is { } known ? new() { Status = known, MailboxStatuses = StatusesOf(known) } : before.Chat,
        };
        data.Users[user.Id] = user with { Status = status };
        data.Emit("user.status.changed", status, $"users/{user.Id}/status");
        return status;
    }

    /// <summary>A custom availability assigns chats of the first inbox only.</summary>
    private Dictionary<string, ChatAvailabilityStatus> StatusesOf(ChatAvailabilityStatus chat) =>
        chat == ChatAvailabilityStatus.Custom
            ? data.Inboxes.ToDictionary(
                inbox => inbox.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                inbox => inbox == data.Inboxes[0] ? ChatAvailabilityStatus.Assign : ChatAvailabilityStatus.Unavailable)
            : [];
}
