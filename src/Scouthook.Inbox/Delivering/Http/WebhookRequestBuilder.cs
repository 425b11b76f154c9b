using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using Scouthook.Events;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Builds the HTTP request of one attempt.</summary>
internal static class WebhookRequestBuilder
{
    private static readonly string UserAgent = $"Scouthook/{Version()}";

    public static HttpRequestMessage Build(Uri url, DeliveryLease lease, EndpointSecrets secrets, DateTimeOffset now)
    {
        var content = new ReadOnlyMemoryContent(lease.Body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (FindHeader(lease.Headers, "Content-Encoding") is { } coding)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", HeaderText.Encode(coding));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        var headers = request.Headers;
        Add(headers, "User-Agent", UserAgent);
        AddSignatures(headers, lease, secrets, now);
        AddDelivery(headers, lease);
        Add(headers, ScouthookHeaders.TraceParent, TraceParent(lease));
        return request;
    }

    /// <summary>Finds a header among those stored with the event.</summary>
    /// <param name="headers">The headers, as a JSON array of pairs.</param>
    /// <param name="name">The name, in any letter case.</param>
    /// <returns>The value, several joined by commas; <see langword="null"/> if there is none.</returns>
    internal static string? FindHeader(string headers, string name)
    {
        // Almost no request has the header, and then there is nothing to parse.
        if (!headers.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var pairs = JsonDocument.Parse(headers);
        var values = pairs.RootElement.EnumerateArray()
            .Where(pair => name.Equals(pair[0].GetString(), StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair[1].GetString());
        return string.Join(", ", values) is { Length: > 0 } value ? value : null;
    }

    private static void AddSignatures(
        HttpRequestHeaders headers, DeliveryLease lease, EndpointSecrets secrets, DateTimeOffset now)
    {
        var id = lease.Event.Id.ToString();
        var body = lease.Body.AsSpan();
        if (lease.Event.EventType.Length > 0)
        {
            Add(headers, HelpScoutHeaders.Event, HeaderText.Encode(lease.Event.EventType));
        }

        Add(headers, HelpScoutHeaders.Signature, secrets.SignHelpScout(body, now));
        Add(headers, ScouthookHeaders.WebhookId, id);
        Add(headers, ScouthookHeaders.WebhookTimestamp, Text(now.ToUnixTimeSeconds()));
        Add(headers, ScouthookHeaders.WebhookSignature, secrets.SignStandard(id, body, now));
    }

    private static void AddDelivery(HttpRequestHeaders headers, DeliveryLease lease)
    {
        Add(headers, ScouthookHeaders.Source, HeaderText.Encode(lease.Event.Source));
        Add(headers, ScouthookHeaders.Sequence, Text(lease.Event.Sequence));
        Add(headers, ScouthookHeaders.Delivery, lease.DeliveryId.ToString());
        Add(headers, ScouthookHeaders.Attempt, Text(lease.Attempt));
        if (lease.Replay is { } replay)
        {
            Add(headers, ScouthookHeaders.Replay, replay.ToString());
        }

        if (lease.Event.IsPossibleRepeat)
        {
            Add(headers, ScouthookHeaders.Repeat, "possible");
        }

        if (lease.Event.IsStale)
        {
            Add(headers, ScouthookHeaders.Stale, "true");
        }

        if (Text(lease.Event.Facts.State) is { } state)
        {
            Add(headers, ScouthookHeaders.State, state);
        }
    }

    /// <summary>Continues the trace of the attempt, or that of the event, which all its deliveries share.</summary>
    /// <remarks>
    /// Without an activity, no component has decided against tracing, so the flag says "sampled": receivers that follow
    /// it would otherwise drop their own spans.
    /// </remarks>
    private static string TraceParent(DeliveryLease lease) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? $"00-{activity.TraceId}-{activity.SpanId}-{(activity.Recorded ? "01" : "00")}"
            : EventTrace.Read(lease.Headers)
                ?? $"00-{ActivityTraceId.CreateFromBytes(lease.Event.Id.ToByteArray(bigEndian: true))}-{ActivitySpanId.CreateRandom()}-01";

    private static void Add(HttpRequestHeaders headers, string name, string value) =>
        headers.TryAddWithoutValidation(name, value);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(EventState state) => state switch
    {
        EventState.Ok => null,
        EventState.Unknown => "unknown",
        EventState.Unreadable => "unreadable",
        _ => "notification",
    };

    private static string Version()
    {
        var version = typeof(WebhookRequestBuilder).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

        // The part after the plus is the commit, which no endpoint needs.
        return version.Split('+')[0];
    }
}
