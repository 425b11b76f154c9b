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

    /// <summary>Whether it is of the network.</summary>
    /// <remarks>A connection that is reset in the moment in which it is made shows as the bare error of the socket.</remarks>
    public static bool IsOne(Exception problem) => problem is HttpRequestException or IOException or SocketException;

    public static string Name(Exception problem) => problem switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Refused,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => UnknownHost,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Tls,
        OperationCanceledException => Timeout,
        _ => Broken,
    };
}
