using System.Collections.Immutable;
using Scouthook.Events;

namespace Scouthook.AsyncApi.Model;

/// <summary>The subject of messages: the tag that they carry.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Description">The meaning of the tag.</param>
/// <param name="Source">Help Scout's page that lists the messages.</param>
internal sealed record ContractFamily(string Tag, string Description, Uri Source)
{
    private static readonly Uri AcceptedNames =
        new("https://developer.helpscout.com/mailbox-api/endpoints/webhooks/create");

    private static readonly ImmutableArray<(ResourceKind? Kind, ContractFamily Family)> Table =
    [
        (ResourceKind.Conversation, new("conversations", "Conversations, and the replies and notes in them.", ContractText.Source)),
        (ResourceKind.Customer, new("customers", "The customers of the account, and their profiles.", ContractText.Source)),
        (ResourceKind.Rating, new("ratings", "The satisfaction ratings that customers give.", ContractText.Source)),
        (ResourceKind.Chat, new("chats", "Live chats in a Beacon.", ContractText.Source)),
        (ResourceKind.Tag, new("tags", "The tags of the account.", ContractText.Source)),
        (null, new("surveys", "Responses to message surveys.", ContractText.Source)),
        (ResourceKind.Organization, new("organizations", "The organizations that customers belong to.", AcceptedNames)),
        (ResourceKind.User, new("users", "The Help Scout users of the account.", AcceptedNames)),
    ];

    public static IEnumerable<ContractFamily> All => Table.Select(row => row.Family);

    public static ContractFamily Of(ResourceKind? kind) => Table.Single(row => row.Kind == kind).Family;
}
