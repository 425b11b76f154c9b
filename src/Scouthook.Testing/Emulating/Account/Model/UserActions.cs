using System.Globalization;
using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Creates users, and changes whether they answer email and chats.</summary>
internal sealed class UserActions(AccountData data)
{
    public AccountUser Create(string email, string firstName, string lastName, string role) =>
        Add(data.Ids.Next(IdKind.User), firstName, lastName, email, role, data.Second());

    public AccountUser Add(
        long id, string firstName, string lastName, string email, string role, DateTimeOffset createdAt) =>
        data.Users[id] = new()
        {
            Id = id,
            FirstName = firstName,
            LastName = lastName,
            Email = email,
            Role = role,
            CreatedAt = createdAt,
            Status = new()
            {
                UserId = id,
                Email = new()
                {
                    Status = EmailAvailabilityStatus.Active,
                    UpdatedAt = createdAt,
                    PerformedBy = id,
                    Source = StatusSource.UserInterface,
                },
                Chat = new() { Status = ChatAvailabilityStatus.Available },
                Links = ApiLinks.Self($"users/{id}/status"),
            },
        };

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
                UpdatedAt = data.SecondOf($"status of {user.Id}"),
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
                inbox => inbox.Id.ToString(CultureInfo.InvariantCulture),
                inbox => inbox == data.Inboxes[0] ? ChatAvailabilityStatus.Assign : ChatAvailabilityStatus.Unavailable)
            : [];
}
