using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Starts, lists and stops replays: past events, delivered again on request.</summary>
internal sealed class ReplayService(IReplayStore store, AuditRecorder audit)
{
    /// <summary>Lists the replays, newest first.</summary>
    public async Task<PageView<ReplayView>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return (await store.ListAsync(page.Cursor, page.Limit, cancellationToken)).Select(ReplayView.From);
    }

    /// <returns><see langword="null"/> if there is none.</returns>
    public async Task<ReplayView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return View(await store.FindAsync(id, cancellationToken));
    }

    /// <summary>Starts a replay of one event, of a filter, or of the dead letters of an endpoint.</summary>
    public async Task<ReplayChange> CreateAsync(Caller caller, ReplayRequest request)
    {
        caller.MustBe(ApiRole.Operator);
        if (FindInvalid(request) is { } invalid)
        {
            return new ReplayChange(default, Invalid: invalid);
        }

        var result = await store.CreateAsync(
            request,
            replay => audit.Entry(caller, "replay.create", $"replay:{replay.Id}", Describe(request)));
        return new ReplayChange(result.Outcome, View(result.Replay));
    }

    /// <summary>Stops a replay. One that has already ended stays unchanged.</summary>
    public async Task<ReplayChange> StopAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        var result = await store.StopAsync(id, audit.Entry(caller, "replay.stop", $"replay:{id}"));
        return new ReplayChange(result.Outcome, View(result.Replay));
    }

    private static InvalidMember? FindInvalid(ReplayRequest request)
    {
        if (request.EventId is not null)
        {
            return null;
        }

        var hasFilter = request is not
        {
            EventTypes.Count: 0, Source: null, ResourceKind: null, MailboxId: null, State: null, Since: null, Until: null,
        };
        return request.DeadLetters switch
        {
            true when request.EndpointId is null || hasFilter =>
                new InvalidMember("deadLetters", "requires endpointId and excludes all other conditions."),
            false when !hasFilter => new InvalidMember("body", "must select events: with a filter, or with deadLetters of an endpoint."),
            _ => null,
        };
    }

    private static ReplayView? View(Replay? replay) => replay is null ? null : ReplayView.From(replay);

    private static JsonObject Describe(ReplayRequest request) => new()
    {
        ["eventId"] = request.EventId,
        ["endpointId"] = request.EndpointId,
        ["deadLetters"] = request.DeadLetters,
        ["types"] = new JsonArray([.. request.EventTypes.Select(type => JsonValue.Create(type))]),
        ["source"] = request.Source,
        ["resource"] = request.ResourceId is { } id ? $"{request.ResourceKind}:{id}".ToLowerInvariant() : null,
        ["mailbox"] = request.MailboxId,
        ["since"] = request.Since?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["until"] = request.Until?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };
}
