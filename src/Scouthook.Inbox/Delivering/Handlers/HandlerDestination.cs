using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Delivering.Handlers;

/// <summary>Runs a typed handler of the app on stored events.</summary>
internal sealed class HandlerDestination(
    EventHandlerRegistration? handler,
    IServiceScopeFactory scopes,
    HandlingMetrics metrics,
    UnreadMembersReport unreadMembers,
    TimeProvider timeProvider,
    ILogger<HandlerDestination> logger) : IDestination
{
    /// <summary>How long a handler may take to stop after its cancellation before it is abandoned.</summary>
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(10);

    public const string NotRegistered = "The app no longer registers a handler of this name.";

    public string? UnavailableReason => null;

    public async Task<AttemptResult> AttemptAsync(DeliveryLease lease, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (handler is null)
        {
            return new AttemptResult
            {
                Outcome = AttemptOutcome.HandlerFailed,
                Error = NotRegistered,
            };
        }

        var stored = lease.Event;
        var helpScoutEvent = WebhookParser.Parse(stored.EventType, lease.Body, stored.Source, stored.ReceivedAt);
        if (!handler.EventClrType.IsAssignableFrom(helpScoutEvent.GetType()))
        {
            return Mismatch(handler, helpScoutEvent, stored);
        }

        unreadMembers.Report(helpScoutEvent);

        using var time = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        using var abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        await using var stopping = cancellationToken.UnsafeRegister(_ => abandon.CancelAfter(ToStop), null);
        await using var scope = scopes.CreateAsyncScope();
        using var activity = ScouthookTelemetry.Activities.StartActivity("scouthook.handle");
        activity?.SetTag("scouthook.handler", handler.DisplayName)
            .SetTag("scouthook.event.type", HelpScoutEventCatalog.Find(stored.EventType)?.Name ?? "other");
        try
        {
            await handler.Invoke(helpScoutEvent, Context(lease, scope.ServiceProvider), either.Token)
                .WaitAsync(timeout + ToStop, timeProvider, abandon.Token);
            return new AttemptResult { Outcome = AttemptOutcome.Delivered };
        }
        catch (RetryLaterException later)
        {
            LogCause(later);
            return new AttemptResult { Outcome = AttemptOutcome.RetryLater, RetryAfter = later.Delay, Error = later.Message };
        }
        catch (GiveUpException given)
        {
            LogCause(given);
            return new AttemptResult { Outcome = AttemptOutcome.GivenUp, Error = given.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (time.IsCancellationRequested
            && exception is OperationCanceledException or TimeoutException)
        {
            return new AttemptResult
            {
                Outcome = AttemptOutcome.TimedOut,
                Error = $"The handler took longer than {timeout:c} (Scouthook:Delivery:Timeout).",
            };
        }
        catch (Exception exception)
        {
            // The message may quote the payload, so it goes to the log of the app and not into the stored attempt.
            LogFailure(handler, lease, exception);
            return new AttemptResult
            {
                Outcome = AttemptOutcome.HandlerFailed,
                Error = $"The handler failed with {exception.GetType().FullName}; see the log of the app for details.",
            };
        }

        void LogCause(Exception exception)
        {
            if (exception.InnerException is { } cause)
            {
                LogFailure(handler, lease, cause);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void LogFailure(EventHandlerRegistration handler, DeliveryLease lease, Exception exception) => InboxLog.HandlerFailed(
        logger,
        handler.DisplayName,
        lease.Event.Sequence,
        HelpScoutEventCatalog.DisplayName(lease.Event.EventType),
        lease.Attempt,
        exception);

    /// <summary>
    /// Creates the result for an event that was stored as readable and that this version cannot read.
    /// </summary>
    private AttemptResult Mismatch(EventHandlerRegistration handler, HelpScoutEvent helpScoutEvent, StoredEvent stored)
    {
        if (helpScoutEvent is not UnreadableEvent unreadable)
        {
            return new AttemptResult
            {
                Outcome = AttemptOutcome.Unreadable,
                Error = $"The handler expects {handler.EventClrType.Name}, but the event is of type {helpScoutEvent.GetType().Name}.",
            };
        }

        metrics.Unreadable(handler.DisplayName, HelpScoutEventCatalog.Find(stored.EventType)?.Name ?? "other");
        HandlingLog.Unreadable(
            logger,
            HelpScoutEventCatalog.DisplayName(stored.EventType),
            stored.Source,
            unreadable.Reason,
            handler.DisplayName + ".");
        return new AttemptResult
        {
            Outcome = AttemptOutcome.Unreadable,
            Error = $"The body cannot be read as {HelpScoutEventCatalog.DisplayName(stored.EventType)}: {unreadable.Reason} "
                + "A later version may read it: replay the event after an upgrade.",
        };
    }

    private static EventContext Context(DeliveryLease lease, IServiceProvider services) => new()
    {
        Id = lease.Event.Id,
        Sequence = lease.Event.Sequence,
        Attempt = lease.Attempt,
        ReplayId = lease.Replay,
        IsPossibleRepeat = lease.Event.IsPossibleRepeat,
        IsStale = lease.Event.IsStale,
        Source = lease.Event.Source,
        ReceivedAt = lease.Event.ReceivedAt,
        Services = services,
    };
}
