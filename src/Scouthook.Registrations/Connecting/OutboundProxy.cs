using System.Net;

namespace Scouthook.Registrations.Connecting;

/// <summary>The proxy of the environment, except for this machine: a proxy cannot reach an emulator that runs here.</summary>
internal sealed class OutboundProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => HttpClient.DefaultProxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
