using System.Reflection;
using System.Xml.Linq;

namespace Scouthook.AsyncApi.Describing;

/// <summary>Turns the comments on payload types into the descriptions of the contract.</summary>
/// <param name="members">The comments by their id, such as <c>T:Scouthook.Payloads.Person</c>.</param>
/// <param name="wordFor">Returns the JSON name of a member, given the full name of its type and its C# name.</param>
internal sealed class Comments(IReadOnlyDictionary<string, XElement> members, Func<string, string, string> wordFor)
{
    public static Comments Load(Func<string, string, string> wordFor)
    {
        using var stream = Resource.Open("comments.xml");
        return new Comments(
            XDocument.Load(stream).Root!.Elements("member").ToDictionary(member => member.Attribute("name")!.Value), wordFor);
    }

    /// <summary>Describes a type, with its remarks below.</summary>
    public string Describe(Type type) => string.Join("\n\n", Part(type, "summary"), Part(type, "remarks")).Trim();

    /// <summary>Describes a member, in one paragraph.</summary>
    public string Describe(PropertyInfo member)
    {
        var element = Find($"P:{member.DeclaringType!.FullName}.{member.Name}");
        return string.Join(' ', element.Elements().Where(IsAboutTheWire).Select(Markdown));
    }

    private string Part(Type type, string name) =>
        Find($"T:{type.FullName}").Element(name) is { } part ? Markdown(part) : "";

    private XElement Find(string id) => members.TryGetValue(id, out var element)
        ? element
        : throw new InvalidOperationException($"{id} has no comment, so the contract cannot describe it.");

    private string Markdown(XElement element) => CommentText.ToMarkdown(element, NameOf);

    /// <summary>"Never null" is a promise of the C# property; Help Scout leaves such members out.</summary>
    private static bool IsAboutTheWire(XElement part) =>
        part.Name.LocalName != "value" || !part.Elements("see").Any(see => see.Attribute("langword")?.Value == "null");

    private string NameOf(string reference)
    {
        var end = reference.LastIndexOf('.');
        var name = reference[(end + 1)..];
        return reference.StartsWith("P:", StringComparison.Ordinal) ? wordFor(reference[2..end], name) : name;
    }
}
