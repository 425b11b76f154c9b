namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>One member of a schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Schema">The schema it refers to.</param>
/// <param name="IsRequired">Whether it is always present.</param>
/// <param name="Description">What it means.</param>
internal sealed record ContractMember(string Name, string Type, string? Schema, bool IsRequired, string? Description);
