namespace Scouthook.Inbox.Model;

/// <summary>How one attempt of a delivery ended. The numbers are stored: none may change or be used again.</summary>
internal enum AttemptOutcome
{
    /// <summary>The endpoint responded with 2xx, or the handler returned.</summary>
    Delivered = 0,

    /// <summary>The endpoint responded with 410, so it wants no more deliveries.</summary>
    Gone = 1,

    /// <summary>The endpoint answered with any other status, redirects included.</summary>
    Rejected = 2,

    /// <summary>There was no answer before the timeout.</summary>
    TimedOut = 3,

    /// <summary>The name could not be resolved, or the connection was refused, reset or closed before an answer.</summary>
    ConnectionFailed = 4,

    /// <summary>TLS could not be agreed on, or the certificate is not trusted.</summary>
    TlsFailed = 5,

    /// <summary>Every address of the endpoint is one that deliveries may not go to.</summary>
    AddressRefused = 6,

    /// <summary>What came back is not HTTP, or its headers are too large.</summary>
    InvalidResponse = 7,

    /// <summary>A handler threw.</summary>
    HandlerFailed = 8,

    /// <summary>The attempt could not be made now, through no fault of the endpoint.</summary>
    RetryLater = 9,

    /// <summary>No further attempt makes sense.</summary>
    GivenUp = 10,

    /// <summary>Not made: the process ended, or the lease ran out, at every attempt before.</summary>
    Interrupted = 11,

    /// <summary>The handler did not run: the body cannot be read as an event that the handler takes.</summary>
    Unreadable = 12,

    /// <summary>Not made: the secret of the endpoint cannot be decrypted. Only of tests; deliveries wait.</summary>
    SecretUnreadable = 13,
}
