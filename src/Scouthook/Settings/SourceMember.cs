namespace Scouthook.Settings;

/// <summary>A member of a source that another package reads; without it, the member is rejected as unused.</summary>
/// <param name="Name">The name of the member, such as <c>HelpScout</c>.</param>
internal sealed record SourceMember(string Name);
