namespace Scouthook.Payloads;

/// <summary>The links of an object that links only to itself.</summary>
public sealed record SelfLinks : HelpScoutPayload
{
    /// <summary>The object itself in the API of Help Scout.</summary>
    [AlwaysPresent]
    public Link? Self { get; init; }
}
