using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;
using Scouthook.Inbox.Model;
using Scouthook.Signing;

namespace Scouthook.Cli.Listening;

/// <summary>Posts stored events to the local URL, as Help Scout sent them.</summary>
/// <remarks>While the URL does not respond it waits, so that nothing is skipped while an app restarts.</remarks>
internal sealed class Forwarder(
    ManagementClient client, LocalReceiver receiver, SigningSecret? secret, TimeSpan silence, TimeProvider timeProvider, Action<string> say)
    : IStreamFollower
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    public async Task FollowAsync(SseItem<string> item, JsonObject content, CancellationToken cancellationToken)
    {
        // Operational events did not come from Help Scout.
        if (item.EventType == "event" && ItemText.Of(content["source"]) != OperationalEvent.Source)
        {
            var answer = await ForwardAsync(content, cancellationToken);
            say($"{ItemText.Of(content["type"]),-34} {ItemText.Of(content["sequence"]),8}  {answer}");
        }
    }

    /// <returns>The response of the local URL, in a word or two.</returns>
    /// <exception cref="ManagementException">The body could not be read from the gateway.</exception>
    private async Task<string> ForwardAsync(JsonObject stored, CancellationToken cancellationToken)
    {
        if (await FetchAsync(ItemText.Of(stored["id"]), cancellationToken) is not var (body, headers))
        {
            return "not forwarded: removed by retention";
        }

        var signature = secret is null ? null : HelpScoutSignature.Sign(body, secret);
        var pause = FirstPause;
        var isReported = false;
        while (true)
        {
            var (isReceived, answer) = await receiver.PostAsync(body, headers, signature, ItemText.Of(stored["sequence"]), cancellationToken);
            if (isReceived)
            {
                return answer;
            }

            if (!isReported)
            {
                say($"Waiting for {receiver.Target}: {answer}");
                isReported = true;
            }

            await Task.Delay(pause, timeProvider, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<(byte[] Body, JsonArray Headers)?> FetchAsync(string id, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(silence);
        try
        {
            var body = client.GetBytesAsync($"events/{id}/body", time.Token);
            var stored = client.GetAsync($"events/{id}", time.Token);
            await Task.WhenAll(body, stored);
            return (await body, (await stored)["headers"]!.AsArray());
        }
        catch (ManagementException exception) when (exception.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
