using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>Reduces views to what a caller may see.</summary>
internal static class CallerDisclosureExtensions
{
    /// <summary>Returns the view as the role of the caller may see it.</summary>
    public static T For<T>(this T view, Caller caller)
        where T : IForViewers => caller.May(ApiRole.Operator) ? view : (T)view.ForViewers();
}
