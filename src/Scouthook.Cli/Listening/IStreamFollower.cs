using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Scouthook.Cli.Listening;

/// <summary>Receives the messages of a stream, one after another, each once.</summary>
internal interface IStreamFollower
{
    /// <summary>Handles a stored event or a finished attempt.</summary>
    /// <param name="item">The message as received.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Cancelled when the tool stops.</param>
    Task FollowAsync(SseItem<string> item, JsonObject content, CancellationToken cancellationToken);
}
