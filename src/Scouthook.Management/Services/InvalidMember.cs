namespace Scouthook.Management.Services;

/// <summary>An invalid member of a request.</summary>
/// <param name="Name">The member.</param>
/// <param name="Detail">The requirement; never quotes a secret.</param>
internal readonly record struct InvalidMember(string Name, string Detail);
