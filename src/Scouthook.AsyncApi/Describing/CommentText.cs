using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scouthook.AsyncApi.Describing;

/// <summary>Converts the XML of a comment to Markdown for readers who may not know C#.</summary>
internal static partial class CommentText
{
    private const string HelpScoutDocumentation = "https://developer.helpscout.com";

    /// <summary>Returns the text of an element, on one line, with code marked as in Markdown.</summary>
    /// <param name="element">A <c>summary</c>, <c>value</c> or <c>remarks</c>.</param>
    /// <param name="nameOf">The term for the target of a <c>cref</c>.</param>
    public static string ToMarkdown(XElement element, Func<string, string> nameOf)
    {
        var text = new StringBuilder();
        Append(text, element, nameOf);
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static void Append(StringBuilder text, XElement element, Func<string, string> nameOf)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { Name.LocalName: "c" } code:
                    text.Append(Code(code.Value));
                    break;
                case XElement { Name.LocalName: "see" } see:
                    text.Append('`').Append(
                        see.Attribute("cref") is { } target ? nameOf(target.Value) : see.Attribute("langword")!.Value).Append('`');
                    break;
                case XElement unknown:
                    throw new NotSupportedException($"No Markdown is known for <{unknown.Name.LocalName}>.");
            }
        }
    }

    private static string Code(string code) =>
        DocumentationPath().IsMatch(code) ? $"[{code}]({HelpScoutDocumentation}{code})" : $"`{code}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>A path that the comments cite as source; other paths that they name belong to the API.</summary>
    [GeneratedRegex("^/(mailbox-api|chat|webhooks)(/[a-z-]+)*$")]
    private static partial Regex DocumentationPath();
}
