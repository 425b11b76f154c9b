namespace Scouthook.Payloads;

/// <summary>The value of one property that the account defined for organizations.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/organizations/get</c>. Its members are not documented there:
/// all of them are in <see cref="HelpScoutPayload.ExtensionData"/>.
/// </remarks>
public sealed record OrganizationProperty : HelpScoutPayload;
