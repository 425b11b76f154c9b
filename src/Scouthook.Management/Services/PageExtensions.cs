using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Turns pages of the store into those that are shown.</summary>
internal static class PageExtensions
{
    public static PageView<TView> Select<T, TView>(this Page<T> page, Func<T, TView> view) =>
        new([.. page.Items.Select(view)], page.Next);
}
