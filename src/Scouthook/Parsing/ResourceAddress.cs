using System.Globalization;
using Scouthook.Events;

namespace Scouthook.Parsing;

/// <summary>Reads kind and id of a resource from its URL in Help Scout's API, as contained in a thin payload.</summary>
internal static class ResourceAddress
{
    /// <param name="address">For example <c>https://api.helpscout.net/v2/conversations/123</c>.</param>
    /// <param name="expected">The kind that the event name promises; a URL of another kind is not read.</param>
    public static ResourceReference? Parse(Uri address, ResourceKind? expected)
    {
        if (expected is not { } kind)
        {
            return null;
        }

        var segments = address.Segments;
        var collection = Array.FindIndex(
            segments, segment => segment.AsSpan().TrimEnd('/').SequenceEqual(Collection(kind)));
        if (collection < 0 || collection + 1 >= segments.Length)
        {
            return null;
        }

        var id = segments[collection + 1].TrimEnd('/');
        if (kind is ResourceKind.Chat)
        {
            return id.Length > 0 ? new ResourceReference(kind, id) : null;
        }

        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ResourceReference.Of(kind, number)
            : null;
    }

    private static string Collection(ResourceKind kind) => kind switch
    {
        ResourceKind.Conversation => "conversations",
        ResourceKind.Customer => "customers",
        ResourceKind.Rating => "ratings",
        ResourceKind.Chat => "chats",
        ResourceKind.Tag => "tags",
        ResourceKind.Organization => "organizations",
        _ => "users",
    };
}
