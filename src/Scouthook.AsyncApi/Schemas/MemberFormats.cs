using System.Collections.Frozen;
using System.Reflection;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Schemas;

/// <summary>The <c>format</c> of text members whose C# type does not show it.</summary>
/// <remarks>
/// A format is a promise that validators check, so only members that match it in every known body are listed. Left out
/// on purpose: <see cref="Person.Email"/>, which is the text <c>unknown</c> if there is no person; addresses typed by
/// users (<see cref="Organization.Website"/>, <see cref="CustomerWebsite.Value"/>) or reported by a browser
/// (<see cref="ChatTimelineEntry.Url"/>); and <see cref="ContactEntry.Value"/>, which is an email address, a phone
/// number or a handle.
/// </remarks>
internal static class MemberFormats
{
    private const string Email = "email";
    private const string Uri = "uri";
    private const string Uuid = "uuid";

    private static readonly FrozenDictionary<(Type Type, string Member), string> Table =
        new Dictionary<(Type, string), string>
        {
            [(typeof(BeaconChat), nameof(BeaconChat.Id))] = Uuid,
            [(typeof(BeaconChat), nameof(BeaconChat.BeaconId))] = Uuid,
            [(typeof(ChatEvent), nameof(ChatEvent.Id))] = Uuid,
            [(typeof(ChatEvent), nameof(ChatEvent.ChatId))] = Uuid,
            [(typeof(Conversation), nameof(Conversation.Cc))] = Email,
            [(typeof(Conversation), nameof(Conversation.Bcc))] = Email,
            [(typeof(ConversationThread), nameof(ConversationThread.To))] = Email,
            [(typeof(ConversationThread), nameof(ConversationThread.Cc))] = Email,
            [(typeof(ConversationThread), nameof(ConversationThread.Bcc))] = Email,
            [(typeof(RatingCustomer), nameof(RatingCustomer.Email))] = Email,
            [(typeof(RatingUser), nameof(RatingUser.Email))] = Email,
            [(typeof(Customer), nameof(Customer.PhotoUrl))] = Uri,
            [(typeof(Link), nameof(Link.Href))] = Uri,
            [(typeof(Organization), nameof(Organization.LogoUrl))] = Uri,
            [(typeof(Person), nameof(Person.PhotoUrl))] = Uri,
            [(typeof(RatingCustomer), nameof(RatingCustomer.PhotoUrl))] = Uri,
        }.ToFrozenDictionary();

    private static readonly FrozenSet<(Type Type, string Member)> WithoutZone =
    [
        (typeof(Rating), nameof(Rating.CreatedAt)),
        (typeof(Rating), nameof(Rating.ModifiedAt)),
    ];

    public static string? Of(PropertyInfo member) => Table.GetValueOrDefault((member.DeclaringType!, member.Name));

    /// <summary>Returns whether a time may come without a zone, which <c>date-time</c> does not allow.</summary>
    public static bool MayLackZone(PropertyInfo member) => WithoutZone.Contains((member.DeclaringType!, member.Name));
}
