using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Configuring;
using Scouthook.AspNetCore.Receiving;

namespace Scouthook.AspNetCore.Mapping;

/// <summary>Dispatches a request to the source that currently has its path.</summary>
/// <remarks>
/// Routes follow the settings with a short delay. The current settings decide by path, so that two sources that swap paths
/// in a reload never get each other's events, and a path that no longer belongs to a source responds as an unmapped
/// one.
/// </remarks>
internal sealed class SourceDispatcher(
    LiveSettings settings, SourceAddressLog addresses, Func<string, ReceivingEndpoint> create)
{
    private readonly ConcurrentDictionary<string, ReceivingEndpoint> _endpoints = new(StringComparer.Ordinal);

    public RequestDelegate At(string path) => context =>
    {
        if (settings.Current.At(path) is { } source)
        {
            var endpoint = _endpoints.GetOrAdd(source.Name, create);
            return addresses.Awaits(source.Name, context.Request)
                ? HandleAndLogAsync(endpoint, source.Name, context)
                : endpoint.HandleAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    private async Task HandleAndLogAsync(ReceivingEndpoint endpoint, string source, HttpContext context)
    {
        await endpoint.HandleAsync(context);

        // A path base may come from a header, so only that of a genuine event is trusted.
        if (context.Response.StatusCode is StatusCodes.Status200OK && !context.RequestAborted.IsCancellationRequested)
        {
            addresses.Received(source, context.Request);
        }
    }
}
