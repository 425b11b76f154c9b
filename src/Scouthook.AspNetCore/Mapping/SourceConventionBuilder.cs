using Microsoft.AspNetCore.Builder;

namespace Scouthook.AspNetCore.Mapping;

/// <summary>Attaches conventions to the endpoints of all sources, including those added by a reload.</summary>
internal sealed class SourceConventionBuilder(SourceEndpointDataSource endpoints) : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention) => endpoints.Add(convention, isLast: false);

    public void Finally(Action<EndpointBuilder> finallyConvention) => endpoints.Add(finallyConvention, isLast: true);
}
