using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>Changes conversations: assignee, status, tags, inbox, snooze, custom fields, and their end.</summary>
internal sealed class ConversationActions(AccountData data)
{
    private readonly ThreadFactory _threads = new(data);

    public void Emit(string name, ConversationEntry entry) =>
        data.Emit(name, entry.Snapshot(data), $"conversations/{entry.Id}", entry.MailboxId);

    /// <exception cref="ArgumentException">The text is not a status of conversations.</exception>
    public static ConversationStatus? Require(ConversationStatus? status) =>
        status is null || ConversationStatus.Known.Contains(status.Value)
            ? status
            : throw new ArgumentException(
                $"'{status}' is not a status of conversations. Use one of {string.Join(", ", ConversationStatus.Known)}.");

    /// <summary>Records an action of a user.</summary>
    public void Touch(ConversationEntry entry) => Touch(entry, data.Second());

    private static void Touch(ConversationEntry entry, DateTimeOffset at)
    {
        entry.ModifiedAt = at;
        entry.Value = entry.Value with { UserUpdatedAt = entry.ModifiedAt };
    }

    public void Assign(ConversationEntry entry, long? assigneeId, long byUserId)
    {
        var assignee = assigneeId is { } id ? data.Teams.GetValueOrDefault(id)?.AsPerson() ?? data.User(id).AsPerson() : null;
        var text = assignee is null ? "Unassigned" : $"Assigned to {assignee.First} {assignee.Last}".TrimEnd();
        if (assignee?.Id == entry.Value.Assignee?.Id)
        {
            return;
        }

        entry.Value = entry.Value with { Assignee = assignee };
        entry.Add(_threads.LineItem(entry, byUserId, text));
        Touch(entry);
        Emit("convo.assigned", entry);
    }

    public void SetStatus(ConversationEntry entry, ConversationStatus status, long byUserId)
    {
        if (entry.Value.Status == status)
        {
            return;
        }

        ApplyStatus(entry, status, byUserId);
        entry.Add(_threads.LineItem(entry, byUserId, $"Status changed to {status}"));
        Emit("convo.status", entry);
    }

    public void ApplyStatus(ConversationEntry entry, ConversationStatus status, long byUserId)
    {
        Touch(entry);
        var closed = status == ConversationStatus.Closed;
        entry.Value = entry.Value with
        {
            Status = status,
            ClosedAt = closed ? entry.ModifiedAt : null,
            ClosedBy = closed ? byUserId : 0,
            ClosedByUser = closed ? data.User(byUserId).AsPerson() : Persons.Nobody,
        };
    }

    public void Tag(ConversationEntry entry, Tag tag)
    {
        if (entry.TagIds.Contains(tag.Id))
        {
            return;
        }

        entry.TagIds = entry.TagIds.Add(tag.Id);
        data.Tags[tag.Id] = tag with { TicketCount = tag.TicketCount + 1 };
        Touch(entry);
        Emit("convo.tags", entry);
    }

    public void Untag(ConversationEntry entry, Tag tag)
    {
        if (!entry.TagIds.Contains(tag.Id))
        {
            return;
        }

        entry.TagIds = entry.TagIds.Remove(tag.Id);
        data.Tags[tag.Id] = tag with { TicketCount = tag.TicketCount - 1 };
        Touch(entry);
        Emit("convo.tags", entry);
    }

    public void Move(ConversationEntry entry, AccountInbox inbox, long byUserId)
    {
        if (entry.MailboxId == inbox.Id)
        {
            return;
        }

        var from = entry.MailboxId;

        // Custom fields belong to an inbox.
        entry.Value = entry.Value with { MailboxId = inbox.Id, CustomFields = [] };
        entry.Add(_threads.LineItem(
            entry, byUserId, $"Moved from {data.Inbox(from).Name}", ThreadActionType.MovedFromMailbox,
            new Dictionary<string, long> { ["mailbox"] = from }));
        Touch(entry);
        Emit("convo.moved", entry);
    }

    public void Merge(ConversationEntry surviving, ConversationEntry merged, long byUserId)
    {
        if (surviving == merged)
        {
            throw new ArgumentException($"Conversation {surviving.Id} cannot be merged into itself.");
        }

        surviving.AddAll(merged.Threads.Select(thread => ThreadFactory.Adopt(surviving, thread)));
        foreach (var tagId in merged.TagIds)
        {
            // The tag stays on one conversation instead of two.
            if (surviving.TagIds.Contains(tagId))
            {
                data.Tags[tagId] = data.Tags[tagId] with { TicketCount = data.Tags[tagId].TicketCount - 1 };
            }
            else
            {
                surviving.TagIds = surviving.TagIds.Add(tagId);
            }
        }

        data.Conversations.Remove(merged.Id);
        data.Customer(merged.CustomerId).ConversationCount--;
        data.Merged[merged.Id] = new MergedConversation(surviving.Id, data.Now());
        surviving.Add(_threads.LineItem(
            surviving, byUserId, $"Merged with #{merged.Value.Number}", ThreadActionType.Merged,
            new Dictionary<string, long> { ["originalConversation"] = merged.Id }));
        Touch(surviving);
        Emit("convo.merged", surviving);
    }

    public void Snooze(ConversationEntry entry, long byUserId, DateTimeOffset until, bool unsnoozeOnCustomerReply)
    {
        var user = data.User(byUserId);
        if (until <= data.Now())
        {
            throw new ArgumentException("A conversation is snoozed until a time in the future.");
        }

        until = until.ToUniversalTime();
        until = until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond));
        entry.Value = entry.Value with
        {
            Snooze = new() { SnoozedBy = user.Id, SnoozedUntil = until, UnsnoozeOnCustomerReply = unsnoozeOnCustomerReply },
            NextEvent = new()
            {
                Time = until, EventType = NextEventType.Snooze, UserId = user.Id,
                CancelOnCustomerReply = unsnoozeOnCustomerReply,
            },
        };
        Touch(entry);

        // No event is documented for a snooze; it sets the conversation to pending.
        if (entry.Value.Status == ConversationStatus.Active)
        {
            SetStatus(entry, ConversationStatus.Pending, byUserId);
        }
    }

    public void SetCustomField(ConversationEntry entry, long fieldId, string value)
    {
        var inbox = data.Inbox(entry.MailboxId);
        var field = inbox.CustomFields.FirstOrDefault(candidate => candidate.Id == fieldId) ?? throw new ArgumentException(
            $"Inbox {inbox.Id} has no custom field {fieldId}. Use one of the fields of the conversation's own inbox.");
        var text = CustomFieldValues.Text(field, value);
        entry.Value = entry.Value with
        {
            CustomFields =
            [
                .. entry.Value.CustomFields.Where(other => other.Id != fieldId)
                    .Append(new CustomFieldValue { Id = fieldId, Name = field.Name, Value = value, Text = text })
                    .OrderBy(other => other.Id),
            ],
        };
        Touch(entry, data.SecondOf($"fields of {entry.Id}"));
        Emit("convo.custom-fields", entry);
    }

    public void Delete(ConversationEntry entry)
    {
        data.Conversations.Remove(entry.Id);
        foreach (var tagId in entry.TagIds)
        {
            data.Tags[tagId] = data.Tags[tagId] with { TicketCount = data.Tags[tagId].TicketCount - 1 };
        }

        foreach (var thread in entry.Threads)
        {
            if (data.RatingsByThread.Remove(thread.Id!.Value, out var rating))
            {
                data.Ratings.Remove(rating.Id);
            }
        }

        data.Customer(entry.CustomerId).ConversationCount--;
        data.Emit("convo.deleted", new DeletedResource { Id = entry.Id }, $"conversations/{entry.Id}", entry.MailboxId);
    }
}
