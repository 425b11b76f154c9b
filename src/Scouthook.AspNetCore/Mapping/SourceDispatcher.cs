using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Receiving;

namespace Scouthook.AspNetCore.Mapping;

/// <summary>Gives a request to the source that receives at its path now.</summary>
/// <remarks>
/// Routes follow the settings a moment later. The path decides in the settings in force, so that two sources which change
/// places in a reload never get each other's events, and a path that is no source's any more answers as an unmapped one.
/// </remarks>
internal sealed class SourceDispatcher(LiveSettings settings, Func<string, ReceivingEndpoint> create)
{
    private readonly ConcurrentDictionary<string, ReceivingEndpoint> _endpoints = new(StringComparer.Ordinal);

    public RequestDelegate At(string path) => context =>
    {
        if (settings.Current.At(path) is { } source)
        {
            return _endpoints.GetOrAdd(source.Name, create).HandleAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };
}
