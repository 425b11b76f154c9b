namespace Scouthook.Registrations.Tests.Support;

/// <summary>Counts requests on their way to the emulator.</summary>
internal sealed class CountingHandler : DelegatingHandler
{
    private int _tokenRequests;

    public CountingHandler()
        : base(new SocketsHttpHandler { UseProxy = false })
    {
    }

    public int TokenRequests => _tokenRequests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/v2/oauth2/token")
        {
            Interlocked.Increment(ref _tokenRequests);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
