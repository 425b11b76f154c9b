namespace Scouthook.Testing;

/// <summary>One page of a list of a <see cref="HelpScoutAccount"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record AccountPage<T>
{
    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The largest number of items on a page.</summary>
    public required int Size { get; init; }

    /// <summary>The number of items on all pages.</summary>
    public required int TotalItems { get; init; }

    /// <summary>The number of pages; 0 if there are no items.</summary>
    public int TotalPages => (TotalItems + Size - 1) / Size;
}
