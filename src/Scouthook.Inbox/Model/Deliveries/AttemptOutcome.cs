namespace Scouthook.Inbox.Model;

/// <summary>How one attempt of a delivery ended. The numbers are stored: none may change or be reused.</summary>
internal enum AttemptOutcome
{
    /// <summary>The endpoint responded with 2xx, or the handler returned.</summary>
    Delivered = 0,

    /// <summary>The endpoint responded with 410: it accepts no more deliveries.</summary>
    Gone = 1,

    /// <summary>The endpoint responded with any other status, including redirects.</summary>
    Rejected = 2,

    /// <summary>There was no response before the timeout.</summary>
    TimedOut = 3,

    /// <summary>
    /// The name could not be resolved, or the connection was refused, reset or closed before a response.
    /// </summary>
    ConnectionFailed = 4,

    /// <summary>The TLS handshake failed, or the certificate is not trusted.</summary>
    TlsFailed = 5,

    /// <summary>No address of the endpoint is allowed for deliveries.</summary>
    AddressRefused = 6,

    /// <summary>The response is not HTTP, or its headers are too large.</summary>
    InvalidResponse = 7,

    /// <summary>A handler threw.</summary>
    HandlerFailed = 8,

    /// <summary>The attempt could not be made now, through no fault of the endpoint.</summary>
    RetryLater = 9,

    /// <summary>No further attempt makes sense.</summary>
    GivenUp = 10,

    /// <summary>Not made: the process ended, or the lease expired, during every attempt before.</summary>
    Interrupted = 11,

    /// <summary>The handler did not run: the body cannot be read as the event type of the handler.</summary>
    Unreadable = 12,

    /// <summary>
    /// Not made: the secret of the endpoint cannot be decrypted. Only for test deliveries; others wait.
    /// </summary>
    SecretUnreadable = 13,
}
