namespace Scouthook.Testing;

/// <summary>Why a sent event got no response.</summary>
public enum SendFailure
{
    /// <summary>Nothing listens at the address.</summary>
    ConnectionRefused,

    /// <summary>The host name has no address.</summary>
    UnknownHost,

    /// <summary>No secure connection: the certificate is not trusted, or the receiver does not speak TLS.</summary>
    TlsFailed,

    /// <summary>No response within the time limit.</summary>
    TimedOut,

    /// <summary>The connection broke before a response arrived.</summary>
    ConnectionBroken,
}
