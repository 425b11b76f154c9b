using Scouthook.Management.Api.Requests;

namespace Scouthook.Management.Api.Describing;

/// <summary>Marks a route with the members of its body.</summary>
internal sealed record BodyInputs(IReadOnlyList<ApiInput> Inputs);
