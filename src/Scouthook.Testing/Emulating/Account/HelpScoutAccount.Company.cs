using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <content>Customers, organizations, tags and users.</content>
public sealed partial class HelpScoutAccount
{
    /// <summary>Creates a customer: <c>customer.created</c>.</summary>
    /// <param name="email">The email address. No other customer may have it.</param>
    /// <param name="firstName">The first name, if known.</param>
    /// <param name="lastName">The last name, if known.</param>
    /// <returns>The customer.</returns>
    public Customer CreateCustomer(string email, string? firstName = null, string? lastName = null)
    {
        ArgumentNullException.ThrowIfNull(email);

        return Change(() => _customers.Create(email, firstName, lastName).Snapshot());
    }

    /// <summary>Changes a customer: <c>customer.updated</c>.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="change">
    /// Returns the changed customer, for example <c>customer with { JobTitle = "CEO" }</c>. Id, times and links stay the
    /// account's; new contact entries get an id.
    /// </param>
    /// <returns>The changed customer.</returns>
    public Customer UpdateCustomer(long id, Func<Customer, Customer> change)
    {
        ArgumentNullException.ThrowIfNull(change);

        return Change(() =>
        {
            var entry = _data.Customer(id);
            _customers.Update(entry, change);
            return entry.Snapshot();
        });
    }

    /// <summary>
    /// Deletes a customer and their conversations: <c>convo.deleted</c> for each, then <c>customer.deleted</c>.
    /// </summary>
    /// <param name="id">The customer.</param>
    public void DeleteCustomer(long id) => Change(() => _customers.Delete(_data.Customer(id)));

    /// <summary>Creates an organization: <c>organization.created</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="domains">The domains whose customers belong to it.</param>
    /// <returns>The organization.</returns>
    public Organization CreateOrganization(string name, params IReadOnlyList<string> domains)
    {
        ArgumentNullException.ThrowIfNull(domains);

        return Change(() => _organizations.Create(name, domains));
    }

    /// <summary>Changes an organization: <c>organization.updated</c>.</summary>
    /// <param name="id">The organization.</param>
    /// <param name="change">Returns the changed organization. Id and links stay the account's.</param>
    /// <returns>The changed organization.</returns>
    public Organization UpdateOrganization(long id, Func<Organization, Organization> change)
    {
        ArgumentNullException.ThrowIfNull(change);

        return Change(() => _organizations.Update(_data.Organization(id), change));
    }

    /// <summary>Deletes an organization: <c>organization.deleted</c>. Its customers stay.</summary>
    /// <param name="id">The organization.</param>
    public void DeleteOrganization(long id) => Change(() => _organizations.Delete(_data.Organization(id)));

    /// <summary>Creates a tag: <c>tag.created</c>.</summary>
    /// <param name="name">The name. No other tag may have it.</param>
    /// <param name="color">The color: none, blue, green, orange, purple, red or yellow.</param>
    /// <returns>The tag.</returns>
    public Tag CreateTag(string name, string color = "none")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(color);

        return Change(() => _tags.Create(name, color));
    }

    /// <summary>Changes a tag: <c>tag.updated</c>. Conversations show the new name and color.</summary>
    /// <param name="id">The tag.</param>
    /// <param name="name">The new name; unchanged if <see langword="null"/>.</param>
    /// <param name="color">The new color; unchanged if <see langword="null"/>.</param>
    /// <returns>The changed tag.</returns>
    public Tag UpdateTag(long id, string? name = null, string? color = null) =>
        Change(() => _tags.Update(_data.Tag(id), name, color));

    /// <summary>Deletes a tag: <c>tag.deleted</c>. Conversations lose it without an event of their own.</summary>
    /// <param name="id">The tag.</param>
    public void DeleteTag(long id) => Change(() => _tags.Delete(_data.Tag(id)));

    /// <summary>Creates a user. None of the 26 events reports it.</summary>
    /// <param name="email">The email address.</param>
    /// <param name="firstName">The first name.</param>
    /// <param name="lastName">The last name.</param>
    /// <returns>The user.</returns>
    public AccountUser CreateUser(string email, string firstName, string lastName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(email);
        ArgumentNullException.ThrowIfNull(firstName);
        ArgumentNullException.ThrowIfNull(lastName);

        return Change(() => _users.Create(email, firstName, lastName, "user"));
    }

    /// <summary>Changes the availability of a user: <c>user.status.changed</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="email">The availability for email; unchanged if <see langword="null"/>.</param>
    /// <param name="chat">The availability for chats; unchanged if <see langword="null"/>.</param>
    /// <param name="byUserId">The user who does it; the same user if <see langword="null"/>.</param>
    /// <returns>The availability.</returns>
    public UserStatus SetUserStatus(
        long userId, EmailAvailabilityStatus? email = null, ChatAvailabilityStatus? chat = null, long? byUserId = null) =>
        Change(() => _users.Set(_data.Agent(userId), email, chat, _data.User(byUserId ?? userId)));
}
