using System.Diagnostics.CodeAnalysis;
using System.Net;
using Scouthook.Signing;

namespace Scouthook.Testing;

/// <summary>The state of one webhook: what is still to be sent, the delivery log and the count of discarded events.</summary>
/// <remarks>Decides, but does nothing itself. The caller holds the lock of <see cref="DeliveryEngine"/>.</remarks>
/// <param name="id">The id of the webhook.</param>
/// <param name="definition">The webhook as created.</param>
/// <param name="options">The options of the emulator.</param>
/// <param name="outstanding">Counts what is still to be sent.</param>
internal sealed class RegisteredWebhook(
    long id, WebhookDefinition definition, HelpScoutEmulatorOptions options, OutstandingEvents outstanding)
{
    private const string WithSystemUsers = "V3";

    private readonly PriorityQueue<PendingDelivery, (DateTimeOffset DueAt, long Order)> _pending = new();
    private readonly Queue<EmulatedAttempt> _log = new();
    private SigningSecret _secret = new(definition.Secret);
    private string? _disabledReason;
    private int _generation;
    private int _discards;
    private int _inFlight;
    private long _order;

    public long Id => id;

    public WebhookDefinition Definition => definition;

    public bool IsEnabled => _disabledReason is null;

    /// <summary>When the next delivery is due; <see langword="null"/> if none is waiting for its time.</summary>
    public DateTimeOffset? NextDueAt => _pending.TryPeek(out _, out var priority) ? priority.DueAt : null;

    private BodyKind BodyKind => definition.Notification ? BodyKind.Notification
        : PayloadVersion == WithSystemUsers ? BodyKind.FullWithSystemUsers
        : BodyKind.Full;

    private string PayloadVersion => definition.PayloadVersion ?? options.PayloadVersion;

    public bool Wants(EmittedEvent happened) => IsEnabled
        && definition.Events.Contains(happened.Name)
        && (definition.MailboxIds.Count is 0 || happened.MailboxId is not { } mailbox || definition.MailboxIds.Contains(mailbox));

    public void Replace(WebhookDefinition replacement)
    {
        definition = replacement;
        _secret = new SigningSecret(replacement.Secret);
    }

    /// <summary>Enables the webhook and forgets discarded events, also if it is enabled already.</summary>
    public void Enable()
    {
        _disabledReason = null;
        _discards = 0;
    }

    /// <summary>Disables the webhook. What was still to be sent is dropped.</summary>
    public void Disable(string reason)
    {
        _disabledReason = reason;
        _generation++;
        while (_pending.TryDequeue(out var delivery, out _))
        {
            outstanding.Remove(delivery.Event.Number);
        }
    }

    public void Add(EmittedEvent happened, DateTimeOffset now)
    {
        var plan = ChaosPlan.Draw(options.Chaos, options.Seed, id, happened.Number);
        Enqueue(
            new PendingDelivery
            {
                Event = happened,
                Url = definition.Url,
                Secret = _secret,
                Body = happened.Body(BodyKind),
                Plan = plan,
                Generation = _generation,
                Effects = plan.HoldBack > TimeSpan.Zero ? ChaosEffects.Reordered : ChaosEffects.None,
            },
            now + plan.HoldBack);
    }

    /// <summary>Takes what is to be sent now: a delivery, or a delivery and its simultaneous duplicate.</summary>
    public bool TryTake(DateTimeOffset now, [NotNullWhen(true)] out PendingDelivery[]? taken)
    {
        taken = null;
        if (_inFlight >= options.ConcurrentRequests || NextDueAt is not { } due || due > now)
        {
            return false;
        }

        var delivery = _pending.Dequeue() with { Url = definition.Url };
        if (options.RetriesUseCurrentSecret)
        {
            delivery = delivery with { Secret = _secret };
        }

        if (delivery is { Plan.SimultaneousDuplicate: true, Number: 1, IsCopy: false })
        {
            _inFlight += 2;
            outstanding.Add(delivery.Event.Number);
            taken = [delivery, delivery.Copy(ChaosEffects.SimultaneousDuplicate)];
            return true;
        }

        _inFlight++;
        taken = [delivery];
        return true;
    }

    /// <summary>Records an attempt and decides what comes next.</summary>
    /// <param name="delivery">What was sent.</param>
    /// <param name="result">The result.</param>
    /// <param name="now">The current time of the sending side.</param>
    /// <param name="toClock">Converts a time of the sending side to one of the clock.</param>
    public EmulatedAttempt Complete(
        PendingDelivery delivery, AttemptResult result, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset> toClock)
    {
        _inFlight--;
        DateTimeOffset? nextAttemptAt = null;
        var effects = delivery.RequestEffects;
        EmulatedAttemptOutcome outcome;
        if (delivery.IsCopy)
        {
            outcome = result.IsSuccess ? EmulatedAttemptOutcome.Acknowledged : EmulatedAttemptOutcome.Ignored;
        }
        else if (!IsEnabled || delivery.Generation != _generation)
        {
            outcome = result.IsSuccess ? EmulatedAttemptOutcome.Acknowledged : EmulatedAttemptOutcome.Dropped;
        }
        else if (result.IsSuccess)
        {
            outcome = Acknowledge(delivery, now, ref effects, ref nextAttemptAt);
        }
        else if (result.StatusCode is HttpStatusCode.Gone)
        {
            outcome = EmulatedAttemptOutcome.Dropped;
            Disable("The receiver answered 410 Gone.");
        }
        else if (delivery.Number >= options.MaxAttempts)
        {
            outcome = EmulatedAttemptOutcome.Discarded;
            Discard();
        }
        else
        {
            outcome = EmulatedAttemptOutcome.Retrying;
            nextAttemptAt = Retry(delivery, now + DelayAfter(delivery.Number));
        }

        outstanding.Remove(delivery.Event.Number);
        return Log(delivery, result, effects, outcome, nextAttemptAt is { } dueAt ? toClock(dueAt) : null);
    }

    public EmulatedWebhook ToSnapshot() => new()
    {
        Id = id,
        Url = definition.Url,
        Events = [.. definition.Events],
        MailboxIds = [.. definition.MailboxIds],
        IsEnabled = IsEnabled,
        DisabledReason = _disabledReason,
        Label = definition.Label,
        PayloadVersion = PayloadVersion,
        Notification = definition.Notification,
        Discards = _discards,
        Pending = _pending.Count + _inFlight,
        DeliveryLog = [.. _log],
    };

    private EmulatedAttemptOutcome Acknowledge(
        PendingDelivery delivery, DateTimeOffset now, ref ChaosEffects effects, ref DateTimeOffset? nextAttemptAt)
    {
        if (options.SuccessResetsDiscards)
        {
            _discards = 0;
        }

        if (delivery is { Plan.LateRetry: true, IsLateRetry: false } && delivery.Number < options.MaxAttempts)
        {
            effects |= ChaosEffects.LateRetry;
            nextAttemptAt = Retry(delivery with { IsLateRetry = true }, now + delivery.Plan.LateRetryDelay);
            return EmulatedAttemptOutcome.Retrying;
        }

        if (delivery.Plan.Duplicate)
        {
            nextAttemptAt = now + delivery.Plan.DuplicateDelay;
            Enqueue(delivery.Copy(ChaosEffects.Duplicate), nextAttemptAt.Value);
        }

        return EmulatedAttemptOutcome.Acknowledged;
    }

    private DateTimeOffset Retry(PendingDelivery delivery, DateTimeOffset dueAt)
    {
        Enqueue(delivery with { Number = delivery.Number + 1, Effects = ChaosEffects.None }, dueAt);
        return dueAt;
    }

    private void Discard()
    {
        if (++_discards >= options.DiscardsBeforeDisabling)
        {
            Disable($"{_discards} events were discarded.");
        }
    }

    private TimeSpan DelayAfter(int attempt) => options.RetrySchedule[Math.Min(attempt, options.RetrySchedule.Count) - 1];

    private void Enqueue(PendingDelivery delivery, DateTimeOffset dueAt)
    {
        outstanding.Add(delivery.Event.Number);
        _pending.Enqueue(delivery, (dueAt, _order++));
    }

    private EmulatedAttempt Log(
        PendingDelivery delivery, AttemptResult result, ChaosEffects effects, EmulatedAttemptOutcome outcome,
        DateTimeOffset? nextAttemptAt)
    {
        var attempt = new EmulatedAttempt
        {
            EventNumber = delivery.Event.Number,
            EventName = delivery.Event.Name,
            Number = delivery.Number,
            Body = delivery.Body,
            StartedAt = result.StartedAt,
            Duration = result.Duration,
            StatusCode = result.StatusCode,
            Failure = result.Failure,
            Effects = effects,
            Outcome = outcome,
            NextAttemptAt = nextAttemptAt,
        };
        _log.Enqueue(attempt);
        while (_log.Count > options.DeliveryLogLength)
        {
            _log.Dequeue();
        }

        return attempt;
    }
}
