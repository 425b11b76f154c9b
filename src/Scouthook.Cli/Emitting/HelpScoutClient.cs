using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Cli.Emitting;

/// <summary>Posts events to one address the way Help Scout does, and tells what became of each.</summary>
internal sealed class HelpScoutClient : IDisposable
{
    /// <summary>How long an answer is awaited. Help Scout's own limit is not documented.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Uri _target;
    private readonly SigningSecret _secret;
    private readonly TimeProvider _timeProvider;

    public HelpScoutClient(Uri target, SigningSecret secret, TimeProvider timeProvider)
    {
        _target = target;
        _secret = secret;
        _timeProvider = timeProvider;

        // Nothing is added to or hidden from what goes out: no proxy, no cookies, no trace header.
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout,
        };
    }

    public Task<SendResult> SendAsync(OutgoingEvent outgoing, CancellationToken cancellationToken) =>
        SendAsync(HelpScoutRequest.Create(_target.AbsoluteUri, outgoing, _secret), outgoing.Name, cancellationToken);

    public async Task<SendResult> SendAsync(
        HttpRequestMessage request, string eventName, CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        try
        {
            using (request)
            using (var response = await _client.SendAsync(request, cancellationToken))
            {
                return new SendResult(
                    eventName,
                    ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
                    response.IsSuccessStatusCode,
                    _timeProvider.GetElapsedTime(started));
            }
        }
        catch (Exception problem) when (
            SendFailure.IsOne(problem)
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SendResult(
                eventName, SendFailure.Name(problem), Accepted: false, _timeProvider.GetElapsedTime(started));
        }
    }

    public void Dispose() => _client.Dispose();
}
