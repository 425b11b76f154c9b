using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>Makes one call of Help Scout's API, and repeats it as <see cref="RetryPolicy"/> allows.</summary>
/// <param name="createClient">Creates a client for one call, so that its handlers can be replaced.</param>
/// <param name="timeProvider">The clock that waits go by.</param>
internal sealed class ApiSender(Func<HttpClient> createClient, TimeProvider timeProvider)
{
    /// <param name="createRequest">Creates the request; called again for each repetition.</param>
    /// <param name="isIdempotent">Whether a second call does no harm.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The last response, whatever its status, and whether the call was repeated after it may have been carried out.</returns>
    /// <exception cref="HelpScoutApiException">There was no response.</exception>
    public async Task<(HttpResponseMessage Response, bool HasRepeated)> SendAsync(
        Func<HttpRequestMessage> createRequest, bool isIdempotent, CancellationToken cancellationToken)
    {
        var policy = new RetryPolicy();
        while (true)
        {
            TimeSpan? wait;
            try
            {
                using var request = createRequest();
                var response = await createClient().SendAsync(request, cancellationToken).ConfigureAwait(false);
                wait = policy.NextWait(response, isIdempotent);
                if (wait is null)
                {
                    return (response, policy.HasRepeated);
                }

                response.Dispose();
            }
            catch (Exception exception) when (IsNetworkFailure(exception, cancellationToken))
            {
                wait = policy.NextRepeat(isIdempotent);
                if (wait is null)
                {
                    throw NoResponse(exception);
                }
            }

            await Task.Delay(wait.Value, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsNetworkFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static HelpScoutApiException NoResponse(Exception exception) => new(
        exception is OperationCanceledException
            ? "Help Scout did not respond in time."
            : $"Help Scout could not be reached: {exception.Message}",
        innerException: exception);
}
