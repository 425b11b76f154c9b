using Scouthook.Management.Api.Requests;

namespace Scouthook.Management.Api.Describing;

/// <summary>Marks a route with the members of its body.</summary>
/// <param name="Schema">The name of its schema.</param>
/// <param name="Inputs">Its members.</param>
internal sealed record BodyInputs(string Schema, IReadOnlyList<ApiInput> Inputs);
