using System.Globalization;

namespace Scouthook.Events;

/// <summary>Identifies one resource in Help Scout, for example <c>conversation:3352330101</c>.</summary>
/// <param name="Kind">The kind of resource.</param>
/// <param name="Id">Its id as text: decimal digits, for chats a UUID.</param>
public readonly record struct ResourceReference(ResourceKind Kind, string Id)
{
    /// <summary>Returns kind and id in lower case, separated by a colon.</summary>
    /// <returns>For example <c>conversation:3352330101</c>.</returns>
    public override string ToString() => $"{KindText(Kind)}:{Id}";

    /// <summary>Returns the lower-case name of a kind, as used by <see cref="ToString"/>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>For example <c>conversation</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not one of those defined.</exception>
    internal static string KindText(ResourceKind kind) => kind switch
    {
        ResourceKind.Conversation => "conversation",
        ResourceKind.Customer => "customer",
        ResourceKind.Rating => "rating",
        ResourceKind.Chat => "chat",
        ResourceKind.Tag => "tag",
        ResourceKind.Organization => "organization",
        ResourceKind.User => "user",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static ResourceReference Of(ResourceKind kind, long id) =>
        new(kind, id.ToString(CultureInfo.InvariantCulture));
}
