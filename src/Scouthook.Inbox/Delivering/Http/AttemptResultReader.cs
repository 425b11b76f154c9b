using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Reads the result of an attempt from the endpoint's response, or from the exception thrown on the way to it.</summary>
internal static class AttemptResultReader
{
    private const int MaxDetail = 200;

    // A session that an endpoint opens for its caller must not be shown to anybody.
    private static readonly string[] LeftOut = ["Set-Cookie", "Set-Cookie2"];

    /// <summary>Reads the part of a response that is stored.</summary>
    public static async Task<AttemptResult> ReadAsync(
        HttpResponseMessage response, DateTimeOffset answeredAt, CancellationToken cancellationToken)
    {
        var (outcome, error) = Judge(response.StatusCode);
        return new AttemptResult
        {
            Outcome = outcome,
            StatusCode = (int)response.StatusCode,
            Error = error,
            ResponseHeaders = ReadHeaders(response),
            ResponseBody = await ReadBodyAsync(response, cancellationToken),
            RetryAfter = outcome is AttemptOutcome.Rejected ? ReadRetryAfter(response, answeredAt) : null,
        };
    }

    /// <summary>Explains an exception so that a person can act on it.</summary>
    public static AttemptResult Read(Exception exception, TimeSpan timeout)
    {
        var (outcome, error) = Explain(exception, timeout);
        return new AttemptResult { Outcome = outcome, Error = error };
    }

    private static (AttemptOutcome Outcome, string? Error) Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => (AttemptOutcome.Delivered, null),
        410 => (AttemptOutcome.Gone, "The endpoint responded with 410, so it wants no more deliveries."),
        >= 300 and < 400 => (
            AttemptOutcome.Rejected,
            $"The endpoint responded with {(int)status}. Redirects are not followed; use the target URL."),
        _ => (AttemptOutcome.Rejected, $"The endpoint responded with {(int)status}."),
    };

    private static List<KeyValuePair<string, string>> ReadHeaders(HttpResponseMessage response)
    {
        var kept = new List<KeyValuePair<string, string>>();
        var left = AttemptResult.MaxHeaderBytes;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (LeftOut.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                var size = Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
                if (size <= left)
                {
                    kept.Add(new(name, value));
                    left -= size;
                }
            }
        }

        return kept;
    }

    /// <summary>Reads the first bytes of the body.</summary>
    /// <remarks>
    /// The status has been received by now and decides the attempt. A body that breaks off or never ends only uses up
    /// the rest of the timeout: sending an event again after a 200 would be wrong.
    /// </remarks>
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
        {
            return [];
        }

        var buffer = ArrayPool<byte>.Shared.Rent(AttemptResult.MaxBodyBytes);
        var count = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (count < AttemptResult.MaxBodyBytes)
            {
                var read = await body.ReadAsync(buffer.AsMemory(count, AttemptResult.MaxBodyBytes - count), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                count += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // What was read so far is kept. The buffer is not given back: a read that was aborted may still write to it.
            return buffer[..count];
        }

        var kept = buffer[..count];
        ArrayPool<byte>.Shared.Return(buffer);
        return kept;
    }

    private static TimeSpan? ReadRetryAfter(HttpResponseMessage response, DateTimeOffset answeredAt) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfter.Read(values.First(), answeredAt)
            : null;

    private static (AttemptOutcome Outcome, string Error) Explain(Exception problem, TimeSpan timeout)
    {
        var causes = Causes(problem).ToList();
        if (causes.OfType<AddressRefusedException>().FirstOrDefault() is { } refused)
        {
            return (AttemptOutcome.AddressRefused, refused.Message);
        }

        if (problem is OperationCanceledException)
        {
            return (
                AttemptOutcome.TimedOut,
                $"The endpoint did not respond within {timeout:c}. It should respond first and process the event afterwards.");
        }

        var kind = (problem as HttpRequestException)?.HttpRequestError;
        if (kind is HttpRequestError.SecureConnectionError || causes.OfType<AuthenticationException>().Any())
        {
            return (AttemptOutcome.TlsFailed, $"The TLS connection failed: {Detail(causes[^1])}");
        }

        if (kind is HttpRequestError.ConfigurationLimitExceeded)
        {
            return (AttemptOutcome.InvalidResponse, "The response headers of the endpoint are larger than 64 KB.");
        }

        if (kind is HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError)
        {
            return (AttemptOutcome.InvalidResponse, "The response of the endpoint is not valid HTTP.");
        }

        return (AttemptOutcome.ConnectionFailed, OfConnection(causes));
    }

    private static string OfConnection(List<Exception> causes)
    {
        if (causes.OfType<SocketException>().LastOrDefault() is { } socket)
        {
            return OfSocket(socket.SocketErrorCode);
        }

        return causes.Any(cause => cause is IOException or HttpRequestException)
            ? "The connection was closed before the endpoint responded."
            : $"The request could not be sent ({causes[0].GetType().Name}).";
    }

    private static string OfSocket(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            "The name of the endpoint's host could not be resolved.",
        SocketError.ConnectionRefused =>
            "The connection was refused: nothing is listening at the endpoint's address and port.",
        SocketError.ConnectionReset => "The connection was reset before the endpoint responded.",
        SocketError.TimedOut => "The connection to the endpoint's host timed out.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
            "The endpoint's host is unreachable.",
        _ => $"The connection failed ({error}).",
    };

    private static string Detail(Exception cause) =>
        cause.Message.Length <= MaxDetail ? cause.Message : $"{cause.Message.AsSpan(0, MaxDetail)}…";

    private static IEnumerable<Exception> Causes(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            yield return problem;
        }
    }
}
