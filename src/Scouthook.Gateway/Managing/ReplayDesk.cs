using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>Past events, delivered again because a person asks.</summary>
internal sealed class ReplayDesk(IReplayStore store, Audit audit, TimeProvider timeProvider)
{
    /// <summary>The replays, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="before">Only those before this one.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Set when the answer is no longer awaited.</param>
    public Task<IReadOnlyList<Replay>> ListAsync(
        Caller caller, long? before, int limit, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return store.ListAsync(before, limit, cancellationToken);
    }

    /// <returns><see langword="null"/>: there is none.</returns>
    public Task<Replay?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Viewer);
        return store.FindAsync(id, cancellationToken);
    }

    /// <summary>Starts a replay.</summary>
    public Task<ReplayResult> CreateAsync(Caller caller, ReplayRequest request)
    {
        caller.MustBe(ApiRole.Operator);
        return store.CreateAsync(
            request,
            timeProvider.GetUtcNow(),
            replay => audit.Entry(caller, "replay.create", $"replay:{replay.Id}", Shown(request)));
    }

    /// <summary>Ends a replay; one that has ended stays as it is.</summary>
    public Task<ReplayResult> StopAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        return store.StopAsync(id, timeProvider.GetUtcNow(), audit.Entry(caller, "replay.stop", $"replay:{id}"));
    }

    private static JsonObject Shown(ReplayRequest request) => new()
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
