using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A destination without a network, whose attempts have the results a test specifies.</summary>
internal sealed class ScriptedDestination(TimeProvider time) : IDestination, IDestinationProvider
{
    private readonly Channel<ScriptedAttempt> _attempts = Channel.CreateUnbounded<ScriptedAttempt>();
    private readonly ConcurrentQueue<long> _sequences = new();

    /// <summary>The result of every attempt; <see langword="null"/> if the test specifies each.</summary>
    public Func<DeliveryLease, AttemptResult>? Always { get; set; }

    /// <summary>The sequences of the events attempted, in order.</summary>
    public IReadOnlyList<long> Sequences => [.. _sequences];

    /// <summary>True if an attempt is running that the test has not read yet.</summary>
    public bool HasNext => _attempts.Reader.TryPeek(out _);

    public string? UnavailableReason => null;

    public EndpointKind Kind { get; init; }

    public string? Validate(EndpointDefinition definition, IReadOnlySet<IPAddress>? own = null) => null;

    public DestinationDescription Describe(EndpointDefinition definition) => default;

    public IDestination Create(WebhookEndpoint endpoint) => this;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static AttemptResult Result(AttemptOutcome outcome, TimeSpan? retryAfter = null) =>
        new() { Outcome = outcome, RetryAfter = retryAfter };

    public Task<ScriptedAttempt> NextAsync() =>
        _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    public async Task<AttemptResult> AttemptAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _sequences.Enqueue(lease.Event.Sequence);
        if (Always is { } always)
        {
            return always(lease);
        }

        var attempt = new ScriptedAttempt(lease, time.GetUtcNow());
        Assert.True(_attempts.Writer.TryWrite(attempt));
        return await attempt.Result.WaitAsync(cancellationToken);
    }
}
