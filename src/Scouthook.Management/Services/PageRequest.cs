using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The requested page of a list.</summary>
/// <param name="Before">The position that the page begins after; <see langword="null"/> for the first page.</param>
/// <param name="Limit">The maximum number of items.</param>
internal readonly record struct PageRequest(long? Before, int Limit)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <summary>
    /// Creates a page from a list that was read with one item more than requested, to see whether there is more.
    /// </summary>
    public PageView<TView> Page<T, TView>(IReadOnlyList<T> read, Func<T, TView> view, Func<T, long> position) => new(
        [.. read.Take(Limit).Select(view)],
        read.Count > Limit ? Cursor.Write(position(read[Limit - 1])) : null);
}
