namespace Scouthook.Management.Services;

/// <summary>A member of a request that is not valid.</summary>
/// <param name="Name">The member.</param>
/// <param name="Detail">What it must be; never quotes a secret.</param>
internal readonly record struct InvalidMember(string Name, string Detail);
