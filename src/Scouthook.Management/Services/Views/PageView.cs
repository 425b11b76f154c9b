using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items; possibly fewer than the limit although there is a next page.</param>
/// <param name="Next">The <c>cursor</c> of the next page; <see langword="null"/> at the end.</param>
internal sealed record PageView<T>(IReadOnlyList<T> Items, string? Next) : IForViewers
{
    public object ForViewers() =>
        this with { Items = [.. Items.Select(item => item is IForViewers more ? (T)more.ForViewers() : item)] };
}
