using System.Net;
using System.Text.Json.Nodes;
using Scouthook.Cli.Managing;
using Scouthook.Signing;

namespace Scouthook.Cli.Listening;

/// <summary>Brings stored events to the local URL, as Help Scout sent them.</summary>
/// <remarks>While nobody is there it waits, so that nothing is skipped when an app is being restarted.</remarks>
internal sealed class Forwarder(
    ManagementClient client, LocalReceiver receiver, SigningSecret? secret, TimeSpan silence, TimeProvider timeProvider, Action<string> say)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <returns>What the local URL answered, in a word or two.</returns>
    /// <exception cref="ManagementException">The gateway could not be asked for the bytes.</exception>
    public async Task<string> ForwardAsync(JsonObject stored, CancellationToken cancellationToken)
    {
        if (await FetchAsync(Listing.Text(stored["id"]), cancellationToken) is not var (body, headers))
        {
            return "not forwarded: retention has removed it";
        }

        var signature = secret is null ? null : HelpScoutSignature.Sign(body, secret);
        var pause = FirstPause;
        var isTold = false;
        while (true)
        {
            var (isTaken, answer) = await receiver.PostAsync(body, headers, signature, Listing.Text(stored["sequence"]), cancellationToken);
            if (isTaken)
            {
                return answer;
            }

            if (!isTold)
            {
                say($"waiting for {receiver.Target}: {answer}");
                isTold = true;
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
            var body = await client.GetBytesAsync($"events/{id}/body", time.Token);
            return (body, (await client.GetAsync($"events/{id}", time.Token))["headers"]!.AsArray());
        }
        catch (ManagementException problem) when (problem.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
