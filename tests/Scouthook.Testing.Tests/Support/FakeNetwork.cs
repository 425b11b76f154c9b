using System.Net;
using System.Threading.Channels;

namespace Scouthook.Testing.Tests.Support;

/// <summary>Replaces the network: exposes each request as it arrives, and answers as the test specifies.</summary>
internal sealed class FakeNetwork(Func<HttpRequestMessage, CancellationToken, Task<HttpStatusCode>> answer) : HttpMessageHandler
{
    private readonly Channel<string> _arrivals = Channel.CreateUnbounded<string>();

    /// <summary>The event names of the requests, in the order of their arrival.</summary>
    public ChannelReader<string> Arrivals => _arrivals.Reader;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _arrivals.Writer.TryWrite(request.Headers.GetValues("X-HelpScout-Event").Single());
        return new HttpResponseMessage(await answer(request, cancellationToken));
    }
}
