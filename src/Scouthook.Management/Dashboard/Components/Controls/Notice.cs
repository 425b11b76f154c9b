using Microsoft.AspNetCore.Components;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Short messages in the place of content.</summary>
internal static class Notice
{
    /// <summary>Reports why something failed, where it would have been shown.</summary>
    public static RenderFragment Problem(string? text) => Paragraph(text, "notice problem", "alert");

    /// <summary>Explains why a list is empty, and what would fill it.</summary>
    public static RenderFragment Empty(string text) => Paragraph(text, "notice empty", "note");

    public static RenderFragment Loading(bool isLoading) => Paragraph(isLoading ? "Loading…" : null, "muted", "status");

    private static RenderFragment Paragraph(string? text, string style, string role) => builder =>
    {
        if (text is not null)
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", style);
            builder.AddAttribute(2, "role", role);
            builder.AddContent(3, text);
            builder.CloseElement();
        }
    };
}
