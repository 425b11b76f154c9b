using System.Net.Sockets;

namespace Scouthook.Cli.Emitting;

/// <summary>Names the ways in which no answer comes, in words that stay the same for the same cause.</summary>
internal static class SendFailure
{
    public const string Refused = "connection refused";
    public const string UnknownHost = "unknown host";
    public const string Tls = "TLS failed";
    public const string Timeout = "no answer in time";
    public const string Broken = "connection broken";

    public static string Name(Exception problem) => problem switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Refused,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => UnknownHost,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Tls,
        OperationCanceledException => Timeout,
        _ => Broken,
    };
}
