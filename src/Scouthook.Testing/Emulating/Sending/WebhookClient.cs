using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>Makes one attempt: the request as Help Scout sends it, or disturbed on purpose.</summary>
internal sealed class WebhookClient(HelpScoutEmulatorOptions options) : IDisposable
{
    /// <summary>Shorter than receivers keep idle connections, so that no request meets one that is being closed.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(4);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        PooledConnectionIdleTimeout = IdleTimeout,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<AttemptResult> SendAsync(PendingDelivery delivery, CancellationToken stopping)
    {
        var clock = options.TimeProvider;
        var startedAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.ResponseTimeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            using var request = Create(delivery);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return new AttemptResult(response.StatusCode, null, startedAt, clock.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            // Whatever prevented a response is the result of the attempt, not an error of the emulator.
            var failure = HelpScoutSender.FailureOf(exception) ?? SendFailure.ConnectionBroken;
            return new AttemptResult(null, failure, startedAt, clock.GetElapsedTime(started));
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Create(PendingDelivery delivery)
    {
        var effects = delivery.RequestEffects;
        var signature = HelpScoutSignature.Sign(delivery.Body.Span, delivery.Secret);
        if (effects.HasFlag(ChaosEffects.CorruptedSignature))
        {
            // Well-formed, and correct for another key.
            signature = HelpScoutSignature.Sign(delivery.Body.Span, new SigningSecret(signature));
        }

        var request = HelpScoutRequest.CreateWithSignature(
            delivery.Url, new OutgoingEvent(delivery.Event.Name, delivery.Body), signature);
        if ((effects & (ChaosEffects.SlowBody | ChaosEffects.AbortedConnection)) != 0)
        {
            var pause = effects.HasFlag(ChaosEffects.SlowBody) ? delivery.Plan.SlowBodyPause : TimeSpan.Zero;
            var sound = request.Content!;
            request.Content = new DisturbedContent(
                delivery.Body, pause, effects.HasFlag(ChaosEffects.AbortedConnection), options.TimeProvider);
            foreach (var (name, values) in sound.Headers)
            {
                request.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return request;
    }
}
