using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Handling;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Answers the requests to one source: refuse early, read, verify, hand over, answer.</summary>
/// <remarks>
/// Settings are asked for anew with every request, so that a rotated secret takes effect with the next one. Whatever a
/// request holds, the answer is one of the documented ones: a wrong one would cost the user the webhook.
/// </remarks>
internal sealed class ReceivingEndpoint(
    string source,
    LiveSettings settings,
    IWebhookReceiver receiver,
    ReceiveMetrics metrics,
    TimeProvider timeProvider,
    ILogger<ReceivingEndpoint> logger)
{
    private const string OtherEventType = "other";

    private static readonly ActivitySource Activities = new(ScouthookTelemetry.ActivitySourceName);

    public async Task HandleAsync(HttpContext context)
    {
        var started = timeProvider.GetTimestamp();
        using var activity = Activities.StartActivity("scouthook.receive");
        var exchange = new Exchange();
        try
        {
            await AnswerAsync(context, exchange);
        }
        catch (BadHttpRequestException problem)
        {
            // Kestrel's own refusals while the body is read: too slow, too long for the server, cut short.
            exchange.Result = problem.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ReceiveResult.BodyTooLarge
                : ReceiveResult.BadRequest;
            context.Response.StatusCode = problem.StatusCode;
        }
        catch (Exception problem) when (
            problem is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            exchange.Result = ReceiveResult.Aborted;
            ReceiveLog.Aborted(logger, source);
        }
        catch (Exception problem)
        {
            exchange.Result = ReceiveResult.Error;
            ReceiveLog.Failed(logger, source, problem);
            if (!context.Response.HasStarted)
            {
                await Problem.HandlerFailed.WriteAsync(context);
            }
        }

        activity?.SetTag("scouthook.source", source)
            .SetTag("scouthook.event.type", exchange.EventType)
            .SetTag("scouthook.outcome", exchange.Result)
            .SetStatus(exchange.Result is ReceiveResult.Kept ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        metrics.Ended(source, exchange.EventType, exchange.Result, timeProvider.GetElapsedTime(started));
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
        var rules = current.Sources[source];
        if (RefusalBeforeBody(context.Request, rules.Secrets) is { } refusal)
        {
            await RefuseAsync(context, exchange, refusal);
            return;
        }

        var limit = current.MaxBodyBytes;
        if (await ReadBodyAsync(context, limit) is not { } body)
        {
            exchange.Result = ReceiveResult.BodyTooLarge;
            ReceiveLog.BodyTooLarge(logger, source, limit);
            await Problem.BodyTooLarge.WriteAsync(context);
            return;
        }

        var request = new WebhookRequest
        {
            Source = source,
            EventName = context.Request.Headers[HelpScoutHeaders.Event].ToString(),
            Signature = context.Request.Headers[HelpScoutHeaders.Signature],
            Body = body.Bytes,
            BodyOwner = body,
            ReceivedAt = timeProvider.GetUtcNow(),
            Headers = new RequestHeaders(context.Request.Headers),
            Deduplicate = rules.Deduplicate,
        };
        var verification = request.Verify(rules.Secrets, out var webhook);
        if (webhook is null)
        {
            request.Dispose();
            await RefuseAsync(context, exchange, verification);
            return;
        }

        exchange.EventType = webhook.EventType?.Name ?? OtherEventType;
        metrics.Verified(source, webhook.Body.Length);
        await AnswerAsync(context, exchange, await receiver.ReceiveAsync(webhook, context.RequestAborted));
    }

    private async Task AnswerAsync(HttpContext context, Exchange exchange, ReceiveOutcome outcome)
    {
        switch (outcome.Status)
        {
            case ReceiveStatus.Kept:
                exchange.Result = ReceiveResult.Kept;
                context.Response.ContentLength = 0;
                break;
            case ReceiveStatus.Unavailable:
                exchange.Result = ReceiveResult.Unavailable;
                ReceiveLog.Unavailable(logger, source);
                context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(outcome.RetryAfter.TotalSeconds))
                    .ToString(CultureInfo.InvariantCulture);
                await Problem.Unavailable.WriteAsync(context);
                break;
            default:
                exchange.Result = ReceiveResult.HandlerFailed;
                await Problem.HandlerFailed.WriteAsync(context);
                break;
        }
    }

    private async Task RefuseAsync(HttpContext context, Exchange exchange, SignatureVerification reason)
    {
        exchange.Result = reason switch
        {
            SignatureVerification.Missing => ReceiveResult.SignatureMissing,
            SignatureVerification.Malformed => ReceiveResult.SignatureMalformed,
            SignatureVerification.Ambiguous => ReceiveResult.SignatureAmbiguous,
            SignatureVerification.NoLiveSecret => ReceiveResult.NoLiveSecret,
            _ => ReceiveResult.SignatureMismatch,
        };
        if (reason is SignatureVerification.NoLiveSecret)
        {
            ReceiveLog.NoLiveSecret(logger, source);
        }
        else
        {
            ReceiveLog.Refused(logger, source, exchange.Result);
        }

        await Problem.Unauthorized.WriteAsync(context);
    }

    private static async ValueTask<PooledBody?> ReadBodyAsync(HttpContext context, int limit)
    {
        var announced = context.Request.ContentLength;
        if (announced > limit)
        {
            return null;
        }

        // The server's own limit may be lower than ours; where it is higher, ours is reached first.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && size.MaxRequestBodySize <= limit)
        {
            size.MaxRequestBodySize = (long)limit + 1;
        }

        return await PooledBody.ReadAsync(context.Request.Body, announced, limit, context.RequestAborted);
    }

    private static SignatureVerification? RefusalBeforeBody(HttpRequest request, SigningSecrets secrets)
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

        return secrets.AnyLive ? null : SignatureVerification.NoLiveSecret;
    }

    /// <summary>What is known of a request so far, for the measurements at its end.</summary>
    private sealed class Exchange
    {
        public string EventType { get; set; } = OtherEventType;

        public string Result { get; set; } = ReceiveResult.Error;
    }
}
