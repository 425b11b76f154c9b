using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Scouthook.Management.Hosting;

/// <summary>Lists the routes behind the one that the host sees.</summary>
internal sealed class ManagementRoutesMetadata(IReadOnlyList<EndpointDataSource> sources)
{
    public IEnumerable<Endpoint> Endpoints => sources.SelectMany(source => source.Endpoints);
}
