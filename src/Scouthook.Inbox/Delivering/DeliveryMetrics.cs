using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Scouthook.Handling;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering;

/// <summary>Metrics of delivery.</summary>
internal sealed class DeliveryMetrics
{
    private readonly Histogram<double> _attempts;
    private readonly ConcurrentDictionary<Guid, string> _names = new();

    public DeliveryMetrics(IMeterFactory meters) => _attempts = meters.Create(ScouthookTelemetry.MeterName)
        .CreateHistogram<double>(
            "scouthook.delivery.attempt.duration", "s", "Number and duration of attempts, by endpoint and outcome.",
            advice: ScouthookTelemetry.Seconds);

    public void Attempted(Guid endpoint, AttemptResult result) => _attempts.Record(
        result.Duration.TotalSeconds,
        new TagList
        {
            { "scouthook.endpoint", _names.GetOrAdd(endpoint, static id => id.ToString()) },
            { "scouthook.outcome", Text(result.Outcome) },
        });

    /// <summary>Returns the name of an outcome in metrics and traces.</summary>
    public static string Text(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "delivered",
        AttemptOutcome.Gone => "gone",
        AttemptOutcome.Rejected => "rejected",
        AttemptOutcome.TimedOut => "timed_out",
        AttemptOutcome.ConnectionFailed => "connection_failed",
        AttemptOutcome.TlsFailed => "tls_failed",
        AttemptOutcome.AddressRefused => "address_refused",
        AttemptOutcome.InvalidResponse => "invalid_response",
        AttemptOutcome.HandlerFailed => "handler_failed",
        AttemptOutcome.RetryLater => "retry_later",
        AttemptOutcome.GivenUp => "given_up",
        AttemptOutcome.Unreadable => "unreadable",
        AttemptOutcome.SecretUnreadable => "secret_unreadable",
        _ => "interrupted",
    };
}
