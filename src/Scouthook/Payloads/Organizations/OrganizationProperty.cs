namespace Scouthook.Payloads;

/// <summary>The value of one property that the account defined for organizations.</summary>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/organizations/get</c>. Its members are not documented
/// there.
/// </remarks>
public sealed record OrganizationProperty : HelpScoutPayload;
