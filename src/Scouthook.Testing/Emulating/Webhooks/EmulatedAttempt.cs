using System.Globalization;
using System.Net;

namespace Scouthook.Testing;

/// <summary>One request of a <see cref="HelpScoutEmulator"/> to a webhook, and its result.</summary>
public sealed record EmulatedAttempt
{
    /// <summary>The number of the event, in the order in which events happened. The same for all attempts and webhooks.</summary>
    public required long EventNumber { get; init; }

    /// <summary>The event name.</summary>
    public required string EventName { get; init; }

    /// <summary>The number of the attempt, from 1. A duplicate has the number of the attempt that it repeats.</summary>
    public required int Number { get; init; }

    /// <summary>The body that was sent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The status code of the response; <see langword="null"/> if there was none.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Why there was no response; <see langword="null"/> if there was one.</summary>
    public SendFailure? Failure { get; init; }

    /// <summary>How the attempt was disturbed.</summary>
    public ChaosEffects Effects { get; init; }

    /// <summary>The status of the event after the attempt.</summary>
    public required EmulatedAttemptOutcome Outcome { get; init; }

    /// <summary>When the event is sent again; <see langword="null"/> if it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Returns the event name, the attempt and its result, but nothing of the body.</summary>
    /// <returns>For example <c>convo.created, attempt 2: 503, Retrying</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{EventName}, attempt {Number}: {(StatusCode is { } code ? ((int)code).ToString(CultureInfo.InvariantCulture) : Failure)}, {Outcome}");
}
