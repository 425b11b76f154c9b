using Scouthook.Handling;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>How a request ended, as named in metrics, traces and logs.</summary>
internal static class ReceiveResult
{
    public const string Kept = "kept";
    public const string SignatureMissing = "signature_missing";
    public const string SignatureMalformed = "signature_malformed";
    public const string SignatureAmbiguous = "signature_ambiguous";
    public const string SignatureMismatch = "signature_mismatch";
    public const string NoLiveSecret = "no_live_secret";
    public const string BodyTooLarge = "body_too_large";
    public const string BodyTimeout = "body_timeout";
    public const string BodyConsumed = "body_consumed";
    public const string NoRoom = "no_room";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string BadRequest = "bad_request";
    public const string Aborted = "aborted";
    public const string HandlerFailed = "handler_failed";
    public const string Unavailable = "unavailable";
    public const string Error = "error";

    public static string Of(BodyReadOutcome refused) => refused switch
    {
        BodyReadOutcome.TooLarge => BodyTooLarge,
        BodyReadOutcome.TimedOut => BodyTimeout,
        _ => NoRoom,
    };

    public static string Of(SignatureVerification refused) => refused switch
    {
        SignatureVerification.Missing => SignatureMissing,
        SignatureVerification.Malformed => SignatureMalformed,
        SignatureVerification.Ambiguous => SignatureAmbiguous,
        SignatureVerification.NoLiveSecret => NoLiveSecret,
        _ => SignatureMismatch,
    };

    public static string Of(ReceiveOutcome received) =>
        received.IsKept ? Kept : received.RetryAfter is null ? HandlerFailed : Unavailable;
}
