using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>A customer and the number of conversations with them.</summary>
internal sealed class CustomerEntry(Customer value)
{
    public Customer Value { get; set; } = value;

    public int ConversationCount { get; set; }

    public string? Email => Value.Embedded.Emails is [var first, ..] ? first.Value : null;

    public Customer Snapshot() => Value with { ConversationCount = ConversationCount == 0 ? null : ConversationCount };

    public Person AsPerson() => AsThreadPerson() with { Type = PersonType.Customer };

    /// <summary>Returns the person as threads carry it: without a type.</summary>
    public Person AsThreadPerson() => new()
    {
        Id = Value.Id,
        First = Value.FirstName ?? "",
        Last = Value.LastName ?? "",
        PhotoUrl = Value.PhotoUrl,
        Email = Email,
    };
}
