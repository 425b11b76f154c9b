using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Receiving;

namespace Scouthook.Gateway.Connections;

/// <summary>Reports to the limiter which connections are in use, and by which callers.</summary>
internal sealed class ConnectionTracking(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<TrackedConnection>() is { } connection ? TrackAsync(context, connection) : next(context);

    private async Task TrackAsync(HttpContext context, TrackedConnection connection)
    {
        var request = new TrackedRequest(connection);
        context.Features.Set<IVerifiedRequestFeature>(request);
        connection.RequestStarted();
        try
        {
            await next(context);
        }
        finally
        {
            connection.RequestEnded(request.IsGenuine);
        }
    }

    private sealed class TrackedRequest(TrackedConnection connection) : IVerifiedRequestFeature
    {
        public bool IsGenuine { get; private set; }

        public void Verified()
        {
            if (!IsGenuine)
            {
                IsGenuine = true;
                connection.RequestIsGenuine();
            }
        }
    }
}
