using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Makes one attempt: posts an event to an endpoint and returns the result.</summary>
/// <remarks>
/// The endpoint is not trusted: time, bytes and addresses are bounded. The number of concurrent attempts is limited
/// elsewhere.
/// </remarks>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _timeProvider;

    public WebhookSender(NetworkGuard guard, TimeProvider timeProvider)
        : this(WebhookClient.Create(guard), timeProvider)
    {
    }

    internal WebhookSender(SocketsHttpHandler handler, TimeProvider timeProvider)
    {
        _client = new HttpMessageInvoker(handler);
        _timeProvider = timeProvider;
    }

    /// <param name="url">The URL to post to.</param>
    /// <param name="lease">The delivery to send.</param>
    /// <param name="secrets">The secrets to sign it with.</param>
    /// <param name="timeout">How long the attempt may take, from resolving the name to the end of the response.</param>
    /// <param name="cancellationToken">Aborts the attempt, for a shutdown.</param>
    /// <returns>The result, whatever the endpoint did.</returns>
    /// <exception cref="OperationCanceledException">The attempt was aborted before there was a response.</exception>
    public async Task<AttemptResult> SendAsync(
        Uri url, DeliveryLease lease, EndpointSecrets secrets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return new AttemptResult
            {
                Outcome = AttemptOutcome.ConnectionFailed,
                Error = "The endpoint's URL must begin with http:// or https://.",
            };
        }

        using var end = new CancellationTokenSource(timeout, _timeProvider);
        using var aborting = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), end);
        try
        {
            using var request = WebhookRequestBuilder.Build(url, lease, secrets, _timeProvider.GetUtcNow());
            using var response = await _client.SendAsync(request, end.Token);
            return await AttemptResultReader.ReadAsync(response, _timeProvider.GetUtcNow(), end.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return AttemptResultReader.Read(exception, timeout);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException("The attempt was cancelled.", exception, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();
}
