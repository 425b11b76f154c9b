using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Events;
using Scouthook.Parsing;

namespace Scouthook.Handling;

/// <summary>Receives without a store: "kept" means that every handler of the event has run.</summary>
/// <remarks>
/// Handlers run one after the other, in registration order, and a failing one does not keep the event from the others.
/// If any failed, Help Scout is asked to send the event again, and then all run again.
/// </remarks>
internal sealed class HandlerReceiver : IWebhookReceiver
{
    private readonly EventHandlerTable _handlers;
    private readonly IServiceScopeFactory _scopes;
    private readonly HandlingMetrics _metrics;
    private readonly UnreadMembersReport _unreadMembers;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<HandlerReceiver> _logger;

    public HandlerReceiver(
        EventHandlerTable handlers,
        IServiceScopeFactory scopes,
        HandlingMetrics metrics,
        UnreadMembersReport unreadMembers,
        TimeProvider timeProvider,
        ILogger<HandlerReceiver> logger)
    {
        _handlers = handlers;
        _scopes = scopes;
        _metrics = metrics;
        _unreadMembers = unreadMembers;
        _timeProvider = timeProvider;
        _logger = logger;
        if (handlers.All.IsEmpty)
        {
            HandlingLog.NoHandlers(logger);
        }
    }

    public async ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        using (webhook)
        {
            if (!IsWanted(webhook))
            {
                HandlingLog.NoHandler(_logger, HelpScoutEventCatalog.DisplayName(webhook.EventName), webhook.Source);
                return ReceiveOutcome.Kept;
            }

            var helpScoutEvent = webhook.ToEvent();
            if (helpScoutEvent is UnreadableEvent unreadable)
            {
                ReportUnreadable(webhook, unreadable.Reason);
            }

            _unreadMembers.Report(helpScoutEvent);
            return await HandleAsync(helpScoutEvent, webhook.EventType?.Name ?? "other", cancellationToken);
        }
    }

    /// <summary>
    /// Returns whether a handler is registered for the event, readable or not; only then is the body parsed.
    /// </summary>
    private bool IsWanted(ReceivedWebhook webhook) =>
        !_handlers.HandlersOf(typeof(UnreadableEvent)).IsEmpty
        || !_handlers.HandlersOf(webhook.Facts.State switch
        {
            EventState.Ok => webhook.EventType!.EventClrType,
            EventState.Notification => typeof(NotificationEvent),

            // A handler of the named event does not get it, which is reported.
            EventState.Unreadable => webhook.EventType?.EventClrType ?? typeof(UnreadableEvent),
            _ => typeof(UnknownEvent),
        }).IsEmpty;

    /// <summary>Logs an unreadable event, and counts it for every handler that would have received it.</summary>
    private void ReportUnreadable(ReceivedWebhook webhook, string reason)
    {
        var skipped = webhook.EventType is { } type
            ? _handlers.HandlersOf(type.EventClrType).RemoveAll(handler => handler.EventClrType.IsAssignableFrom(typeof(UnreadableEvent)))
            : [];
        foreach (var handler in skipped)
        {
            _metrics.Unreadable(handler.DisplayName, webhook.EventType!.Name);
        }

        HandlingLog.Unreadable(
            _logger,
            HelpScoutEventCatalog.DisplayName(webhook.EventName),
            webhook.Source,
            reason,
            skipped.IsEmpty ? "none." : string.Join(", ", skipped.Select(handler => handler.DisplayName)) + ".");
    }

    private async Task<ReceiveOutcome> HandleAsync(
        HelpScoutEvent helpScoutEvent, string eventType, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = new EventContext
        {
            Source = helpScoutEvent.Source,
            ReceivedAt = helpScoutEvent.ReceivedAt,
            Services = scope.ServiceProvider,
        };

        var worst = ReceiveOutcome.Kept;
        foreach (var handler in _handlers.HandlersOf(helpScoutEvent.GetType()))
        {
            var outcome = await RunAsync(handler, helpScoutEvent, eventType, context, cancellationToken);
            if (worst.IsKept || outcome == ReceiveOutcome.HandlerFailed)
            {
                worst = outcome;
            }
        }

        return worst;
    }

    private async Task<ReceiveOutcome> RunAsync(
        EventHandlerRegistration handler,
        HelpScoutEvent helpScoutEvent,
        string eventType,
        EventContext context,
        CancellationToken cancellationToken)
    {
        using var activity = ScouthookTelemetry.Activities.StartActivity("scouthook.handle");
        activity?.SetTag("scouthook.handler", handler.DisplayName).SetTag("scouthook.event.type", eventType);

        var started = _timeProvider.GetTimestamp();
        var outcome = ReceiveOutcome.HandlerFailed;
        try
        {
            await handler.Invoke(helpScoutEvent, context, cancellationToken);
            outcome = ReceiveOutcome.Kept;
        }
        catch (RetryLaterException later)
        {
            HandlingLog.RetryLater(
                _logger,
                handler.DisplayName,
                HelpScoutEventCatalog.DisplayName(helpScoutEvent.Name),
                later.Message,
                later.InnerException);
            outcome = ReceiveOutcome.Unavailable(later.Delay);
        }
        catch (GiveUpException given)
        {
            // Sent again it would have the same result, and ten such events would cost the webhook.
            HandlingLog.GivenUp(
                _logger,
                handler.DisplayName,
                HelpScoutEventCatalog.DisplayName(helpScoutEvent.Name),
                given.Message,
                given.InnerException);
            outcome = ReceiveOutcome.Kept;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sender no longer waits; without a response, Help Scout sends the event again.
            HandlingLog.HandlerCancelled(_logger, handler.DisplayName);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            HandlingLog.HandlerFailed(
                _logger,
                handler.DisplayName,
                HelpScoutEventCatalog.DisplayName(helpScoutEvent.Name),
                helpScoutEvent.Source,
                exception);
        }

        _metrics.Handled(handler.DisplayName, eventType, _timeProvider.GetElapsedTime(started), outcome.IsKept);
        return outcome;
    }
}
