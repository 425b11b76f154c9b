using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>Posts signed events to one receiver as Help Scout does, and reports the result of each.</summary>
/// <remarks>
/// A status code other than 2xx and a receiver that cannot be reached are results, not exceptions. Where a test needs the
/// response itself, see <see cref="HelpScoutHttpClientExtensions"/>. Safe to use from many threads.
/// </remarks>
/// <example>
/// <code>
/// using var sender = new HelpScoutSender(factory.CreateClient(), "/webhook", secret);
/// await foreach (var result in sender.SendAllAsync(SampleEvents.All))
/// {
///     Assert.True(result.IsAccepted, result.ToString());
/// }
/// </code>
/// </example>
public sealed class HelpScoutSender : IDisposable
{
    /// <summary>How long a sender with its own connections waits for a response. Help Scout's limit is not documented.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>How many responses may be outstanding at a rate; beyond that the rate adapts to the receiver.</summary>
    private const int MaxInFlight = 64;

    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private readonly string _uri;
    private readonly SigningSecret _secret;

    /// <summary>Creates a sender with its own connections, for a receiver that listens on the network.</summary>
    /// <param name="receiver">The full address of the receiver, such as <c>http://localhost:5000/webhook</c>.</param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    /// <remarks>
    /// Requests contain only what Help Scout sends: no cookies, no trace header. No proxy is used, redirects are not
    /// followed, and the response timeout is 30 seconds.
    /// </remarks>
    public HelpScoutSender(Uri receiver, SigningSecret secret)
        : this(CreateClient(), AddressOf(receiver), secret) => _ownsClient = true;

    /// <summary>Creates a sender that uses an existing client, for example of a <c>WebApplicationFactory</c>.</summary>
    /// <param name="client">The client; the sender does not dispose it.</param>
    /// <param name="uri">The address of the receiver; may be relative to the client's base address, such as <c>/webhook</c>.</param>
    /// <param name="secret">The secret of the webhook, as configured in the receiver.</param>
    public HelpScoutSender(HttpClient client, string uri, SigningSecret secret)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(secret);

        _client = client;
        _uri = uri;
        _secret = secret;
    }

    /// <summary>The clock that measures durations and paces a rate.</summary>
    /// <value>The default is the system's clock.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Sends one signed event.</summary>
    /// <param name="outgoing">
    /// The event: an <see cref="OutgoingEvent"/>, a name that selects its sample, or a typed event.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
    /// <returns>The result, whatever the receiver responds.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<SendResult> SendAsync(OutgoingEvent outgoing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outgoing);

        return SendAsync(HelpScoutRequest.Create(_uri, outgoing, _secret), outgoing.Name, cancellationToken);
    }

    /// <summary>
    /// Sends one event with a signature given as text, to test that the receiver rejects a wrong one.
    /// </summary>
    /// <param name="outgoing">The event.</param>
    /// <param name="signature">
    /// The value of <c>X-HelpScout-Signature</c>; <see langword="null"/> to omit the header.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the response.</param>
    /// <returns>The result, whatever the receiver responds.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task<SendResult> SendWithSignatureAsync(
        OutgoingEvent outgoing, string? signature, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outgoing);

        return SendAsync(
            HelpScoutRequest.CreateWithSignature(_uri, outgoing, signature), outgoing.Name, cancellationToken);
    }

    /// <summary>Sends signed events, each after the response to the previous one, or at a steady rate.</summary>
    /// <param name="events">The events; each is enumerated when it is about to be sent.</param>
    /// <param name="eventsPerSecond">
    /// The rate, which slow responses do not lower as long as no more than 64 are outstanding; <see langword="null"/>
    /// to send each event after the response to the previous one.
    /// </param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <returns>The results, in the order of the responses.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled; every result before that was returned.</exception>
    public IAsyncEnumerable<SendResult> SendAllAsync(
        IEnumerable<OutgoingEvent> events, double? eventsPerSecond = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (eventsPerSecond is { } rate)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate, nameof(eventsPerSecond));
            return PacedAsync(events, rate, cancellationToken);
        }

        return InTurnAsync(events, cancellationToken);
    }

    /// <summary>Closes the connections, unless the client was passed in.</summary>
    public void Dispose()
    {
        if (_ownsClient)
        {
            _client.Dispose();
        }
    }

    /// <returns>The kind of failure; <see langword="null"/> if the exception is not about the network.</returns>
    /// <remarks>A connection that is reset while it is being established appears as a plain socket error.</remarks>
    internal static SendFailure? FailureOf(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            SendFailure.ConnectionRefused,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => SendFailure.UnknownHost,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => SendFailure.TlsFailed,
        OperationCanceledException => SendFailure.TimedOut,
        HttpRequestException or IOException or SocketException => SendFailure.ConnectionBroken,
        _ => null,
    };

    private static string AddressOf(Uri receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);

        return receiver.AbsoluteUri;
    }

    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout,
    };

    private async Task<SendResult> SendAsync(
        HttpRequestMessage request, string eventName, CancellationToken cancellationToken)
    {
        var started = TimeProvider.GetTimestamp();
        try
        {
            using (request)
            using (var response = await _client.SendAsync(request, cancellationToken))
            {
                return new SendResult(eventName, response.StatusCode, null, TimeProvider.GetElapsedTime(started));
            }
        }
        catch (Exception exception) when (
            FailureOf(exception) is not null
            && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return new SendResult(eventName, null, FailureOf(exception), TimeProvider.GetElapsedTime(started));
        }
    }

    private async IAsyncEnumerable<SendResult> InTurnAsync(
        IEnumerable<OutgoingEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var outgoing in events)
        {
            yield return await SendAsync(outgoing, cancellationToken);
        }
    }

    private async IAsyncEnumerable<SendResult> PacedAsync(
        IEnumerable<OutgoingEvent> events, double rate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = Channel.CreateBounded<SendResult>(MaxInFlight);
        var sending = SendPacedAsync(events, rate, results.Writer, stopping.Token);
        try
        {
            // Not with the token: results received before the cancellation are still returned.
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return result;
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendPacedAsync(
        IEnumerable<OutgoingEvent> events, double rate, ChannelWriter<SendResult> results, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(MaxInFlight);
        var running = new List<Task>();
        Exception? failure = null;
        try
        {
            var started = TimeProvider.GetTimestamp();
            var count = 0;
            foreach (var outgoing in events)
            {
                var early = TimeSpan.FromSeconds(count++ / rate) - TimeProvider.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, TimeProvider, cancellationToken);
                }

                await slots.WaitAsync(cancellationToken);
                running.RemoveAll(task => task.IsCompletedSuccessfully);
                running.Add(SendOneAsync(outgoing));
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        // Every request has ended before the slots are disposed and the reader is completed.
        var all = Task.WhenAll(running);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        results.Complete(failure ?? (all.IsFaulted ? all.Exception.InnerException : null)
            ?? (all.IsCanceled ? new OperationCanceledException(cancellationToken) : null));

        async Task SendOneAsync(OutgoingEvent outgoing)
        {
            try
            {
                var result = await SendAsync(outgoing, cancellationToken);
                if (!results.TryWrite(result))
                {
                    await results.WriteAsync(result, cancellationToken);
                }
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
