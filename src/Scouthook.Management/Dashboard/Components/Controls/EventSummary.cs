using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>The parts of a body that a person reads first. For callers who may read the body.</summary>
/// <param name="Facts">Names and values.</param>
/// <param name="ThreadTitle">Who wrote the newest thread.</param>
/// <param name="ThreadText">The newest thread as plain text: no HTML of a customer reaches the page.</param>
/// <param name="WebLink">The page in Help Scout, if the body has a link to one.</param>
internal sealed partial record EventSummary(
    IReadOnlyList<(string Name, string Value)> Facts, string? ThreadTitle, string? ThreadText, Uri? WebLink)
{
    private const int MaxThread = 20_000;

    /// <returns><see langword="null"/> if the body is not a JSON object.</returns>
    public static EventSummary? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EventSummary Read(JsonElement root)
    {
        var facts = new List<(string Name, string Value)>();
        Add("Subject", Text(root, "subject") ?? Text(root, "name") ?? Text(root, "message"));
        Add("Number", Text(root, "number"));
        Add("Status", Text(root, "status"));
        Add("Customer", Person(root, "primaryCustomer") ?? Person(root, "customer"));
        Add("Assignee", Person(root, "assignee"));
        Add("Created by", Person(root, "createdBy"));
        Add("Rating", Text(root, "rating"));
        Add("Comments", Text(root, "comments"));
        Add("Tags", Tags(root));
        if (Text(root, "firstName") is { } first)
        {
            Add("Customer", $"{first} {Text(root, "lastName")}".Trim());
        }

        var thread = NewestThread(root);
        return new EventSummary(
            facts,
            thread is { } written ? Person(written, "createdBy") : null,
            thread is { } shown && Text(shown, "body") is { } html ? ToText(html) : null,
            Link(root));

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts.Add((name, value));
            }
        }
    }

    private static JsonElement? NewestThread(JsonElement root) =>
        Member(root, "_embedded") is { } embedded && Member(embedded, "threads") is { ValueKind: JsonValueKind.Array } threads
            ? threads.EnumerateArray()
                .Where(thread => Text(thread, "body") is not null)
                .OrderByDescending(thread => Text(thread, "createdAt"), StringComparer.Ordinal)
                .Select(thread => (JsonElement?)thread)
                .FirstOrDefault()
            : null;

    private static Uri? Link(JsonElement root) =>
        Member(root, "_links") is { } links && Member(links, "web") is { } web && Text(web, "href") is { } href
        && Uri.TryCreate(href, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : null;

    private static string? Tags(JsonElement root) => Member(root, "tags") is { ValueKind: JsonValueKind.Array } tags
        ? string.Join(", ", tags.EnumerateArray().Select(tag => Text(tag, "tag") ?? Text(tag, "name")).OfType<string>())
        : null;

    private static string? Person(JsonElement root, string name)
    {
        if (Member(root, name) is not { ValueKind: JsonValueKind.Object } person)
        {
            return null;
        }

        var full = $"{Text(person, "first") ?? Text(person, "firstName")} {Text(person, "last") ?? Text(person, "lastName")}".Trim();
        var email = Text(person, "email");
        return full.Length == 0 ? email : email is null ? full : $"{full} <{email}>";
    }

    private static JsonElement? Member(JsonElement root, string name) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement root, string name) => Member(root, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>Reduces HTML to its text. What remains is shown as text, so nothing in it can run.</summary>
    private static string ToText(string html)
    {
        var shortened = html.Length <= MaxThread ? html : html[..MaxThread];
        var text = Hidden().Replace(shortened, "");
        text = Breaks().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        return BlankLines().Replace(new StringBuilder(text).Replace('\u00A0', ' ').ToString(), "\n\n").Trim();
    }

    [GeneratedRegex("<script\\b.*?</script\\s*>|<style\\b.*?</style\\s*>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<(br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s*\\n\\s*\\n\\s*")]
    private static partial Regex BlankLines();
}
