namespace Scouthook.Testing;

/// <summary>A folder of an <see cref="AccountInbox"/>.</summary>
public sealed record AccountFolder
{
    /// <summary>The id: <c>folderId</c> in conversations.</summary>
    public required long Id { get; init; }

    /// <summary>The name that users see.</summary>
    public required string Name { get; init; }

    /// <summary>The kind: <c>open</c>, <c>assigned</c>, <c>team</c>, <c>closed</c> or <c>spam</c>.</summary>
    public required string Type { get; init; }
}
