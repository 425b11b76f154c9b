using System.Text.Json.Nodes;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Managing;

/// <summary>What people may do with deliveries and past events.</summary>
internal sealed class DeliveryDesk(IReplayStore store, Audit audit, TimeProvider timeProvider)
{
    public async Task<bool> RetryAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        var isDone = await store.RetryAsync(id, timeProvider.GetUtcNow());
        if (isDone)
        {
            await audit.RecordAsync(caller, "delivery.retry", $"delivery:{id}");
        }

        return isDone;
    }

    public async Task<bool> DiscardAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        var isDone = await store.DiscardAsync(id, timeProvider.GetUtcNow());
        if (isDone)
        {
            await audit.RecordAsync(caller, "delivery.discard", $"delivery:{id}");
        }

        return isDone;
    }

    /// <returns>The replay; <see langword="null"/>: the event or endpoint it names is not there.</returns>
    public async Task<Replay?> ReplayAsync(Caller caller, ReplayRequest request)
    {
        caller.MustBe(ApiRole.Operator);
        var replay = await store.CreateAsync(request, timeProvider.GetUtcNow());
        if (replay is not null)
        {
            await audit.RecordAsync(
                caller,
                "replay.create",
                $"replay:{replay.Id}",
                new JsonObject
                {
                    ["eventId"] = request.EventId,
                    ["endpointId"] = request.EndpointId,
                    ["deadLetters"] = request.DeadLetters,
                });
        }

        return replay;
    }

    public async Task StopReplayAsync(Caller caller, Guid id)
    {
        caller.MustBe(ApiRole.Operator);
        if (await store.StopAsync(id, timeProvider.GetUtcNow()))
        {
            await audit.RecordAsync(caller, "replay.stop", $"replay:{id}");
        }
    }
}
