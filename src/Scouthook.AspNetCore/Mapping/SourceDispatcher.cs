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

        // A path base may come from a header, so only a genuine event is believed.
        if (context.Response.StatusCode is StatusCodes.Status200OK && !context.RequestAborted.IsCancellationRequested)
        {
            addresses.Received(source, context.Request);
        }
    }
}
