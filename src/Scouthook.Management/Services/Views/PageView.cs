using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items; perhaps fewer than the limit while there is a next page.</param>
/// <param name="Next">What to give as <c>cursor</c> for the next page; <see langword="null"/> at the end.</param>
internal sealed record PageView<T>(IReadOnlyList<T> Items, string? Next) : IForViewers
{
    public object ForViewers() =>
        this with { Items = [.. Items.Select(item => item is IForViewers more ? (T)more.ForViewers() : item)] };
}
