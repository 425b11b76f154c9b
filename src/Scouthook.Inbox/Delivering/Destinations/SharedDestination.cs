using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>The destination of an endpoint as last changed; disposed when it is replaced and no attempt uses it any more.</summary>
/// <param name="endpoint">The endpoint that it was created for.</param>
/// <param name="destination">The destination.</param>
internal sealed class SharedDestination(WebhookEndpoint endpoint, IDestination destination)
{
    private readonly Lock _gate = new();
    private int _users = 1;

    public WebhookEndpoint Endpoint => endpoint;

    public IDestination Destination => destination;

    /// <returns><see langword="false"/> if it has been replaced.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_users == 0)
            {
                return false;
            }

            _users++;
            return true;
        }
    }

    /// <summary>Ends one use; the last one, after the replacement, disposes the destination.</summary>
    public ValueTask ExitAsync()
    {
        lock (_gate)
        {
            if (--_users > 0)
            {
                return ValueTask.CompletedTask;
            }
        }

        return destination.DisposeAsync();
    }
}
