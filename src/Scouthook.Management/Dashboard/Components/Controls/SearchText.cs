namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Reads what people copy from Help Scout into the search: a number with its <c>#</c>, or a link.</summary>
internal static class SearchText
{
    private const string Conversation = "/conversation/";

    /// <returns>The number or id to search for, or the text itself.</returns>
    public static string? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var trimmed = text.Trim();
        var at = trimmed.IndexOf(Conversation, StringComparison.Ordinal);
        var number = at >= 0 ? trimmed[(at + Conversation.Length)..].Split('/', '?', '#')[0] : trimmed.TrimStart('#');
        return number.Length > 0 && number.All(char.IsAsciiDigit) ? number : trimmed;
    }
}
