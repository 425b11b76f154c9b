using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Handling;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Handles the requests to one source: reject early, read, verify, pass to the receiver, respond.</summary>
/// <remarks>
/// Settings are read with every request, so that a rotated secret takes effect with the next one. Whatever a request
/// contains, the response is one of the documented ones: a wrong one could deactivate the user's webhook.
/// </remarks>
internal sealed class ReceivingEndpoint(
    string source,
    LiveSettings settings,
    LiveSecrets secrets,
    IWebhookReceiver receiver,
    RequestBodyReader bodies,
    ReceiveMetrics metrics,
    RefusalLog log,
    IRejectionObserver[] observers,
    IReceiveObserver[] endings,
    TimeProvider timeProvider)
{
    private const string OtherEventType = "other";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context)
    {
        var started = timeProvider.GetTimestamp();
        using var activity = ReceiveActivity.Start(context);
        var exchange = new Exchange();
        try
        {
            await AnswerAsync(context, exchange);
        }
        catch (BadHttpRequestException exception) when (!exchange.BodyRead)
        {
            // Kestrel rejects a body while it is read if it is too slow, truncated or badly framed.
            exchange.Result = ReceiveResult.BadRequest;
            context.Response.StatusCode = exception.StatusCode;
            if (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                await RefuseBodyAsync(context, exchange, BodyReadOutcome.TooLarge);
            }
        }
        catch (Exception exception) when (IsAbort(exception, context, exchange))
        {
            // Hardly any client sees this status, but it must not stay the default 200.
            exchange.Result = ReceiveResult.Aborted;
            context.Response.StatusCode = exchange.BodyRead
                ? StatusCodes.Status499ClientClosedRequest
                : StatusCodes.Status400BadRequest;
            log.Aborted(source);
            if (exception is OperationCanceledException or ConnectionResetException)
            {
                // Otherwise Kestrel may try to read the rest of an incomplete body, and log that as an error of its
                // own.
                context.Abort();
            }
        }
        catch (Exception exception)
        {
            exchange.Result = ReceiveResult.Error;
            log.Failed(source, exception);
            if (!context.Response.HasStarted)
            {
                await Problem.HandlerFailed.WriteAsync(context);
            }
        }

        if (activity is not null)
        {
            ReceiveActivity.End(activity, context, source, exchange.EventType, exchange.Result);
        }

        metrics.Ended(source, exchange.EventType, exchange.Result, timeProvider.GetElapsedTime(started));
        foreach (var observer in endings)
        {
            observer.Ended(source, exchange.Result);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exchange exchange)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            exchange.Result = ReceiveResult.MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Post;
            await Problem.MethodNotAllowed.WriteAsync(context);
            return;
        }

        var current = settings.Current;
        LimitServer(context, current.MaxBodyBytes);

        // The path stays mapped although a reload removed the source: without a secret, nothing is trusted.
        var verifying = secrets.Of(source).Verifying;
        if (RefusalBeforeBody(context.Request, verifying) is { } refusal)
        {
            await (refusal is SignatureVerification.NotVerified
                ? AnswerAsync(context, exchange, ReceiveOutcome.Unavailable(RetryAfter))
                : RefuseAsync(context, exchange, refusal));
            return;
        }

        var (outcome, body) = await bodies.ReadAsync(context, current);
        if (body is null)
        {
            await RefuseBodyAsync(context, exchange, outcome);
            return;
        }

        exchange.BodyRead = true;
        var verification = ReceivedWebhook.Verify(
            Copy(context.Request.Headers), body.Memory, verifying!, out var webhook, source, timeProvider.GetUtcNow(), body);
        if (webhook is null)
        {
            var isOriginal = IsOriginal(context, body.Length);
            body.Dispose();
            await (isOriginal
                ? RefuseAsync(context, exchange, verification)
                : RefuseAsync(context, exchange, ReceiveResult.BodyConsumed));
            return;
        }

        body.Verified();
        context.Features.Get<IVerifiedRequestFeature>()?.Verified();
        exchange.EventType = webhook.EventType?.Name ?? OtherEventType;
        metrics.Verified(source, webhook.Body.Length);
        await AnswerAsync(context, exchange, await receiver.ReceiveAsync(webhook, context.RequestAborted));
    }

    private Task AnswerAsync(HttpContext context, Exchange exchange, ReceiveOutcome outcome)
    {
        exchange.Result = ReceiveResult.Of(outcome);
        if (outcome.IsKept)
        {
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        if (outcome.RetryAfter is not { } retryAfter)
        {
            return Problem.HandlerFailed.WriteAsync(context);
        }

        log.Unavailable(source);
        return RefuseForNowAsync(context, retryAfter);
    }

    private Task RefuseAsync(HttpContext context, Exchange exchange, SignatureVerification reason)
    {
        foreach (var observer in observers)
        {
            observer.Rejected(source, reason);
        }

        return RefuseAsync(context, exchange, ReceiveResult.Of(reason));
    }

    private Task RefuseAsync(HttpContext context, Exchange exchange, string result)
    {
        exchange.Result = result;
        log.Refused(source, result);
        return Problem.Unauthorized.WriteAsync(context);
    }

    /// <summary>Copies the headers, because the server reuses its collection for the next request on the connection.</summary>
    private static KeyValuePair<string, string>[] Copy(IHeaderDictionary headers)
    {
        var copy = new KeyValuePair<string, string>[headers.Count];
        var count = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                if (count == copy.Length)
                {
                    Array.Resize(ref copy, count + 8);
                }

                copy[count++] = new KeyValuePair<string, string>(name, value ?? "");
            }
        }

        Array.Resize(ref copy, count);
        return copy;
    }

    /// <summary>
    /// Returns whether a body can be the one that was sent. The server itself rejects one that is shorter than
    /// announced.
    /// </summary>
    private static bool IsOriginal(HttpContext context, int length) => context.Request.ContentLength is { } announced
        ? announced == length
        : length > 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    /// <summary>
    /// Raises the server's limit above the configured one, and keeps it from reading long after a rejection.
    /// </summary>
    /// <remarks>
    /// It counts the framing of chunks, which can be as long as their content, so it is higher than the configured
    /// limit.
    /// </remarks>
    private static void LimitServer(HttpContext context, int limit)
    {
        const int framing = 64 * 1024;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = (2L * limit) + framing;
        }
    }

    private Task RefuseBodyAsync(HttpContext context, Exchange exchange, BodyReadOutcome outcome)
    {
        exchange.Result = ReceiveResult.Of(outcome);
        log.Refused(source, exchange.Result);
        if (outcome is not BodyReadOutcome.TooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The rest is not read; only HTTP/1.1 needs this header to say so.
            context.Response.Headers.Connection = "close";
        }

        return outcome switch
        {
            BodyReadOutcome.TooLarge => Problem.BodyTooLarge.WriteAsync(context),
            BodyReadOutcome.TimedOut => Problem.BodyTimeout.WriteAsync(context),
            _ => RefuseForNowAsync(context, RetryAfter),
        };
    }

    private static Task RefuseForNowAsync(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds))
            .ToString(CultureInfo.InvariantCulture);
        return Problem.Unavailable.WriteAsync(context);
    }

    /// <summary>
    /// Returns whether the sender disconnected. While the body is read, the exception comes before the token is set.
    /// </summary>
    private static bool IsAbort(Exception exception, HttpContext context, Exchange exchange) =>
        exception is OperationCanceledException or IOException
        && (!exchange.BodyRead || context.RequestAborted.IsCancellationRequested);

    /// <returns>
    /// The reason for a 401; <see cref="SignatureVerification.NotVerified"/> if no signature can be verified yet.
    /// </returns>
    private SignatureVerification? RefusalBeforeBody(HttpRequest request, SigningSecrets? verifying)
    {
        var signature = request.Headers[HelpScoutHeaders.Signature];
        if (signature.Count > 1)
        {
            return SignatureVerification.Ambiguous;
        }

        if (!HelpScoutSignature.IsWellFormed(signature, out var problem))
        {
            return problem;
        }

        if (!secrets.AreKnown)
        {
            return SignatureVerification.NotVerified;
        }

        return verifying is { AnyLive: true } ? null : SignatureVerification.NoLiveSecret;
    }

    /// <summary>The facts of a request so far, for the metrics at its end.</summary>
    private sealed class Exchange
    {
        public string EventType { get; set; } = OtherEventType;

        /// <summary>True if reading has ended: exceptions from now on come from the receiver.</summary>
        public bool BodyRead { get; set; }

        public string Result { get; set; } = ReceiveResult.Error;
    }
}
