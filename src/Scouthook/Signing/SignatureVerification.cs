namespace Scouthook.Signing;

/// <summary>The result of verifying a request: whether it is trusted, and if not, the first reason.</summary>
public enum SignatureVerification
{
    /// <summary>No verification took place. Never returned by a verification; the value of an unset variable.</summary>
    NotVerified = 0,

    /// <summary>The body was signed with one of the valid secrets.</summary>
    Valid = 1,

    /// <summary>The request has no <c>X-HelpScout-Signature</c> header, or an empty one.</summary>
    Missing = 2,

    /// <summary>The header is not the base64 form of 20 bytes: 28 characters, of which the last is <c>=</c>.</summary>
    Malformed = 3,

    /// <summary>
    /// The header was given more than once, so the intended one is unknown. Set by the HTTP endpoint.
    /// </summary>
    Ambiguous = 4,

    /// <summary>The header is well formed, but does not match the body under any valid secret.</summary>
    Mismatch = 5,

    /// <summary>Every secret has expired: nothing can be verified until a new one is configured.</summary>
    NoLiveSecret = 6,
}
