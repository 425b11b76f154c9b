using System.Net.Sockets;
using System.Security.Authentication;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Converts an exception on the way to an endpoint into a result that an operator can act on.</summary>
internal static class AttemptFailure
{
    private const int MaxDetail = 200;

    public static AttemptResult ToResult(Exception exception, TimeSpan timeout)
    {
        var (outcome, error) = Read(exception, timeout);
        return new AttemptResult { Outcome = outcome, Error = error };
    }

    private static (AttemptOutcome Outcome, string Error) Read(Exception exception, TimeSpan timeout)
    {
        var causes = Causes(exception).ToList();
        if (causes.OfType<AddressRefusedException>().FirstOrDefault() is { } refused)
        {
            return (AttemptOutcome.AddressRefused, refused.Message);
        }

        if (exception is OperationCanceledException)
        {
            return (
                AttemptOutcome.TimedOut,
                $"The endpoint did not respond within {timeout:c}. It should respond first and process the event afterwards.");
        }

        var kind = (exception as HttpRequestException)?.HttpRequestError;
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

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
