namespace Scouthook.Payloads;

/// <summary>The source of the value of a customer property.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record CustomerPropertySource : HelpScoutPayload
{
    /// <summary>The name of the source, such as <c>api</c> or the name of an integration.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }
}
