using Scouthook.Inbox.Rules;

namespace Scouthook.Management.Services.Disclosure;

/// <summary>The title of an event as viewers see it.</summary>
internal static class EventTitle
{
    /// <param name="title">The title.</param>
    /// <param name="isPreview">Whether it was taken from a message text, which is a part of a body.</param>
    /// <returns>The title without the paths and queries of URLs, or <see langword="null"/> for a preview.</returns>
    public static string? ForViewers(string? title, bool isPreview) => isPreview ? null : ViewerText.Mask(title);
}
