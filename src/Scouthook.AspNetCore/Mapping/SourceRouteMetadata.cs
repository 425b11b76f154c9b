namespace Scouthook.AspNetCore.Mapping;

/// <summary>Marks an endpoint that receives for a source, so that its full route can be found once the app has started.</summary>
/// <param name="Path">The path as configured, which is the end of the route.</param>
internal sealed record SourceRouteMetadata(string Path);
