namespace Scouthook.Payloads;

/// <summary>The objects that may be sent along with an organization.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/organizations/get</c>.</remarks>
public sealed record OrganizationEmbedded : HelpScoutPayload
{
    /// <summary>
    /// Properties that the account defined for organizations. Whether webhooks carry them is not known.
    /// </summary>
    public IReadOnlyList<OrganizationProperty> Properties { get; init => field = value.OrEmpty(); } = [];
}
