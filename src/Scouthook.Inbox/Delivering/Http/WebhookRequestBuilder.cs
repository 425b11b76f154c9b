using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Builds the HTTP request of one attempt.</summary>
internal static class WebhookRequestBuilder
{
    private static readonly string UserAgent = $"Scouthook/{Version()}";

    public static HttpRequestMessage Build(Uri url, WebhookMessage message, EndpointSecrets secrets, DateTimeOffset now)
    {
        var content = new ReadOnlyMemoryContent(message.Body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (message.ContentEncoding is { } coding)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", HeaderText.Encode(coding));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        var headers = request.Headers;
        Add(headers, "User-Agent", UserAgent);
        AddSignatures(headers, message, secrets, now);
        AddDelivery(headers, message);
        Add(headers, ScouthookHeaders.TraceParent, TraceParent(message));
        return request;
    }

    private static void AddSignatures(
        HttpRequestHeaders headers, WebhookMessage message, EndpointSecrets secrets, DateTimeOffset now)
    {
        var id = message.EventId.ToString();
        var body = message.Body.Span;
        if (message.EventType.Length > 0)
        {
            Add(headers, HelpScoutHeaders.Event, HeaderText.Encode(message.EventType));
        }

        Add(headers, HelpScoutHeaders.Signature, secrets.SignHelpScout(body, now));
        Add(headers, ScouthookHeaders.WebhookId, id);
        Add(headers, ScouthookHeaders.WebhookTimestamp, Text(now.ToUnixTimeSeconds()));
        Add(headers, ScouthookHeaders.WebhookSignature, secrets.SignStandard(id, body, now));
    }

    private static void AddDelivery(HttpRequestHeaders headers, WebhookMessage message)
    {
        Add(headers, ScouthookHeaders.Source, HeaderText.Encode(message.Source));
        Add(headers, ScouthookHeaders.Sequence, Text(message.Sequence));
        Add(headers, ScouthookHeaders.Delivery, message.DeliveryId.ToString());
        Add(headers, ScouthookHeaders.Attempt, Text(message.Attempt));
        if (message.Replay is { } replay)
        {
            Add(headers, ScouthookHeaders.Replay, replay.ToString());
        }

        if (message.IsRepeat)
        {
            Add(headers, ScouthookHeaders.Repeat, "possible");
        }

        if (message.IsStale)
        {
            Add(headers, ScouthookHeaders.Stale, "true");
        }

        if (message.State is { Length: > 0 } state)
        {
            Add(headers, ScouthookHeaders.State, HeaderText.Encode(state));
        }
    }

    /// <remarks>
    /// Without an activity, no component has decided against tracing, so the flag says "sampled": receivers that follow
    /// it would otherwise drop their own spans.
    /// </remarks>
    private static string TraceParent(WebhookMessage message) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? $"00-{activity.TraceId}-{activity.SpanId}-{(activity.Recorded ? "01" : "00")}"
            : $"00-{message.TraceId}-{ActivitySpanId.CreateRandom()}-01";

    private static void Add(HttpRequestHeaders headers, string name, string value) =>
        headers.TryAddWithoutValidation(name, value);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Version()
    {
        var version = typeof(WebhookRequestBuilder).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

        // The part after the plus is the commit, which no endpoint needs.
        return version.Split('+')[0];
    }
}
