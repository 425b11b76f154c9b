namespace Scouthook.Payloads;

/// <summary>A website of a customer.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record CustomerWebsite : HelpScoutPayload
{
    /// <summary>The id of the entry.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The address of the website, as it was entered.</summary>
    [AlwaysPresent]
    public string? Value { get; init; }
}
