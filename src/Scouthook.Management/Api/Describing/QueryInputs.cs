using Scouthook.Management.Api.Requests;

namespace Scouthook.Management.Api.Describing;

/// <summary>Marks a route with the parameters of its query string.</summary>
internal sealed record QueryInputs(IReadOnlyList<ApiInput> Inputs);
