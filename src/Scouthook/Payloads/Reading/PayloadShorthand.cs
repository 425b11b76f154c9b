using System.Text.Json;

namespace Scouthook.Payloads;

/// <summary>Maps a text or a number to the member it stands for where an object is expected.</summary>
internal static class PayloadShorthand
{
    /// <returns>The name of the member, or <see langword="null"/> if the value stands for none.</returns>
    public static string? MemberFor(Type type, JsonTokenType token) => (type.Name, token) switch
    {
        (nameof(ConversationTag), JsonTokenType.String) => "tag",
        (nameof(ChatTag), JsonTokenType.String) => "slug",
        (nameof(Link), JsonTokenType.String) => "href",
        (nameof(ContactEntry) or nameof(CustomerWebsite), JsonTokenType.String or JsonTokenType.Number) => "value",
        (nameof(ConversationTag) or nameof(ChatTag), JsonTokenType.Number) => "id",

        // The text of a number as well; a name or a URL is not an id, and then the value is not read.
        (nameof(Person) or nameof(RatingCustomer) or nameof(RatingUser) or nameof(Customer),
            JsonTokenType.String or JsonTokenType.Number) => "id",
        _ => null,
    };
}
