namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>One message of the contract.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Summary">When it is sent.</param>
/// <param name="Description">Details.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Schema">The name of the schema of its body.</param>
/// <param name="Example">An example of its body.</param>
internal sealed record ContractMessage(
    string Title, string? Summary, string? Description, IReadOnlyList<ContractMember> Headers, string? Schema, string? Example);
