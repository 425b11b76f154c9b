namespace Scouthook.Payloads;

/// <summary>The value of one property that the account defined for customers.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/customers/get</c>.</remarks>
public sealed record CustomerProperty : HelpScoutPayload
{
    /// <summary>
    /// The type of the property, such as <c>text</c> or <c>dropdown</c>. The texts are not listed in the documentation.
    /// </summary>
    [AlwaysPresent]
    public string? Type { get; init; }

    /// <summary>The short name of the property, unique in the account.</summary>
    [AlwaysPresent]
    public string? Slug { get; init; }

    /// <summary>The name of the property as people read it.</summary>
    [AlwaysPresent]
    public string? Name { get; init; }

    /// <summary>The value as stored; for a drop-down the name of the option.</summary>
    [AlwaysPresent]
    public string? Value { get; init; }

    /// <summary>The value as people read it; for a drop-down the label of the option. May be absent.</summary>
    public string? Text { get; init; }

    /// <summary>The source of the value.</summary>
    [AlwaysPresent]
    public CustomerPropertySource? Source { get; init; }
}
