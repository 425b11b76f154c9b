using System.Globalization;
using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Creates, changes and deletes customers.</summary>
internal sealed class CustomerActions(AccountData data, ConversationActions changes)
{
    public CustomerEntry FindOrCreate(string email) => data.CustomersByEmail.GetValueOrDefault(email) ?? Create(email, null, null);

    public CustomerEntry Create(string email, string? firstName, string? lastName)
    {
        if (!email.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{email}' is not an email address.", nameof(email));
        }

        if (data.CustomersByEmail.ContainsKey(email))
        {
            throw new ArgumentException("A customer with this email address exists. Use another address.", nameof(email));
        }

        var entry = Add(email, firstName, lastName, data.Second());
        Emit("customer.created", entry);
        return entry;
    }

    /// <summary>Adds a customer without an event.</summary>
    public CustomerEntry Add(string email, string? firstName, string? lastName, DateTimeOffset createdAt)
    {
        var id = data.Ids.Next(IdKind.Customer);
        var entry = new CustomerEntry(new Customer
        {
            Id = id,
            FirstName = firstName,
            LastName = lastName,
            Gender = Gender.Unknown,
            PhotoType = PhotoType.Default,
            PhotoUrl = string.Create(
                CultureInfo.InvariantCulture, $"https://cdn.example.com/customer-avatar/{id % 12:00}.png"),
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            Background = "",
            Draft = false,
            Embedded = new()
            {
                Emails = [new() { Id = data.Ids.Next(IdKind.ContactEntry), Value = email, Type = ContactType.Work }],
            },
            Links = ApiLinks.OfCustomer(id),
        });
        data.Customers.Add(id, entry);
        data.CustomersByEmail.Add(email, entry);
        return entry;
    }

    public void Update(CustomerEntry entry, Func<Customer, Customer> change)
    {
        var before = entry.Value;
        var after = change(before) ?? throw new ArgumentException("The change must return the customer.", nameof(change));
        var organization = after.OrganizationId is { } id ? data.Organization(id).Name : after.Organization;
        Remember(entry, after.Embedded.Emails);
        entry.Value = after with
        {
            Id = before.Id,
            Organization = organization,
            ConversationCount = null,
            CreatedAt = before.CreatedAt,
            UpdatedAt = data.SecondOf($"customer {before.Id}"),
            Embedded = after.Embedded with
            {
                Emails = Numbered(after.Embedded.Emails),
                Phones = Numbered(after.Embedded.Phones),
                Chats = Numbered(after.Embedded.Chats),
                SocialProfiles = Numbered(after.Embedded.SocialProfiles),
                Websites =
                [
                    .. after.Embedded.Websites.Select(item => item with { Id = item.Id ?? data.Ids.Next(IdKind.ContactEntry) }),
                ],
            },
            Links = before.Links,
        };
        Emit("customer.updated", entry);
    }

    /// <summary>Deletes a customer together with their conversations and live chats.</summary>
    public void Delete(CustomerEntry entry)
    {
        foreach (var conversation in data.Conversations.Values.Where(item => item.CustomerId == entry.Value.Id).ToList())
        {
            changes.Delete(conversation);
        }

        foreach (var chat in data.Chats.Values.Where(chat => chat.Customer!.Id == entry.Value.Id).ToList())
        {
            data.Chats.Remove(chat.Id);
        }

        Remember(entry, []);
        data.Customers.Remove(entry.Value.Id);
        data.Emit("customer.deleted", new DeletedResource { Id = entry.Value.Id }, $"customers/{entry.Value.Id}");
    }

    private void Remember(CustomerEntry entry, IReadOnlyList<ContactEntry> emails)
    {
        var taken = emails.FirstOrDefault(email => email.Value is { } value
            && data.CustomersByEmail.TryGetValue(value, out var owner) && owner != entry);
        if (taken is not null)
        {
            throw new ArgumentException("Another customer has one of these email addresses. Use other addresses.");
        }

        foreach (var email in entry.Value.Embedded.Emails)
        {
            data.CustomersByEmail.Remove(email.Value!);
        }

        foreach (var email in emails)
        {
            data.CustomersByEmail[email.Value ?? throw new ArgumentException("An email address of a customer needs a value.")] =
                entry;
        }
    }

    private IReadOnlyList<ContactEntry> Numbered(IReadOnlyList<ContactEntry> entries) =>
        [.. entries.Select(item => item with { Id = item.Id ?? data.Ids.Next(IdKind.ContactEntry) })];

    private void Emit(string name, CustomerEntry entry) =>
        data.Emit(name, entry.Snapshot(), $"customers/{entry.Value.Id}");
}
