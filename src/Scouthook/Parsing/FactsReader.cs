using System.Text.Json;
using System.Text.Unicode;
using Scouthook.Events;
using Scouthook.Json;
using Scouthook.Payloads;

namespace Scouthook.Parsing;

/// <summary>
/// Converts one scan of a body to <see cref="EventFacts"/>: decides the state, then the meaning of the members.
/// </summary>
internal static class FactsReader
{
    /// <summary>The root of Help Scout's API; a thin payload contains a URL under it.</summary>
    public const string ApiRoot = "https://api.helpscout.net/";

    private const int MaxAddress = 2_000;

    public static EventFacts Read(HelpScoutEventType? type, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return EventFacts.Unreadable("The body is empty.");
        }

        if (!Utf8.IsValid(body))
        {
            return EventFacts.Unreadable("The body is not JSON: its bytes are not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(JsonBody.WithoutMark(body));
        var scan = default(BodyScan);
        try
        {
            scan.Read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return EventFacts.Unreadable(
                $"The body is not JSON, or nested too deeply: reading stopped at byte {reader.BytesConsumed}.");
        }

        return type is null ? new EventFacts { State = EventState.Unknown } : Known(type, ref scan);
    }

    private static EventFacts Known(HelpScoutEventType type, ref BodyScan scan)
    {
        if (scan.Root is not JsonTokenType.StartObject)
        {
            return EventFacts.Unreadable("The body is JSON, but not an object.");
        }

        if (NotificationAddress(ref scan) is { } address)
        {
            var about = ResourceAddress.Parse(address, type.Resource);
            return new EventFacts
            {
                State = EventState.Notification,
                ResourceUri = address,
                Resource = about,
                OrdersWith = about,
                ConversationId = about is { Kind: ResourceKind.Conversation } conversation
                    ? long.Parse(conversation.Id, System.Globalization.CultureInfo.InvariantCulture)
                    : null,
            };
        }

        return ShapeProblem(type, ref scan) is { } problem
            ? EventFacts.Unreadable(problem)
            : ReadableFacts.Of(type, ref scan);
    }

    /// <summary>
    /// Returns the URL in a thin payload: a body without an id and without a member that any family owns.
    /// </summary>
    private static Uri? NotificationAddress(ref BodyScan scan)
    {
        if (scan.Marks is not PayloadFamilies.None || !scan.Id.IsAbsent)
        {
            return null;
        }

        var text = scan.SelfLink.IsEmpty && scan.ApiAddresses == 1 ? scan.ApiAddress : scan.SelfLink;
        return Uri.TryCreate(text.Excerpt(MaxAddress), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                ? address
                : null;
    }

    private static string? ShapeProblem(HelpScoutEventType type, ref BodyScan scan)
    {
        if (type.IsDeletion)
        {
            return scan.HasOtherThanId
                ? $"A body of {type.Name} must contain only id; this one has other members."
                : IdProblem(ref scan.Id, type, "id");
        }

        if (!scan.HasOtherThanId && !scan.Id.IsAbsent)
        {
            return $"The body contains only id, as that of a deletion does, but {type.Name} is not a deletion.";
        }

        var own = (PayloadFamilies)(1 << (int)type.Shape);
        if ((scan.Marks & own) == 0 && scan.Marks is not PayloadFamilies.None)
        {
            return $"The body has members of {PayloadFamiliesReader.Describe(scan.Marks)}, "
                + $"which {type.Name} does not have.";
        }

        return type.Shape switch
        {
            PayloadShape.Survey => null,
            PayloadShape.UserStatus => IdProblem(ref scan.UserId, type, "userId"),
            _ => IdProblem(ref scan.Id, type, "id"),
        };
    }

    private static string? IdProblem(ref ScannedId id, HelpScoutEventType type, string member)
    {
        if (id.IsAbsent)
        {
            return $"The body lacks the member {member}, which {type.Name} requires.";
        }

        return id.AsReference(type.Resource!.Value) is null
            ? $"The member {member} of {type.Name} must be {(type.Resource is ResourceKind.Chat ? "a non-empty string" : "a 64-bit whole number, or a string that contains one")}."
            : null;
    }
}
