namespace Scouthook.Testing;

/// <summary>A custom field of an <see cref="AccountInbox"/>.</summary>
public sealed record AccountCustomField
{
    /// <summary>The id: <c>customFields[].id</c> in conversations and chats.</summary>
    public required long Id { get; init; }

    /// <summary>The name that users see.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The kind: <c>SINGLE_LINE</c>, <c>MULTI_LINE</c>, <c>DATE</c>, <c>NUMBER</c> or <c>DROPDOWN</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The labels of a drop-down field by their ids. Empty for the other kinds.</summary>
    public IReadOnlyDictionary<long, string> Options { get; init; } = new Dictionary<long, string>();
}
