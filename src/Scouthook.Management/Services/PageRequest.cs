namespace Scouthook.Management.Services;

/// <summary>The requested page of a list.</summary>
/// <param name="Cursor">The <c>next</c> of the previous page; <see langword="null"/> for the first page.</param>
/// <param name="Limit">The maximum number of items.</param>
internal readonly record struct PageRequest(string? Cursor, int Limit)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;
}
