using System.Text;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Reads the part of a response that is stored.</summary>
internal static class WebhookResponseReader
{
    // Cookies of a session that the endpoint opens for its client are not stored.
    private static readonly string[] LeftOut = ["Set-Cookie", "Set-Cookie2"];

    public static IReadOnlyList<KeyValuePair<string, string>> ReadHeaders(HttpResponseMessage response)
    {
        var kept = new List<KeyValuePair<string, string>>();
        var left = AttemptResult.MaxHeaderBytes;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (LeftOut.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                var size = Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
                if (size <= left)
                {
                    kept.Add(new(name, value));
                    left -= size;
                }
            }
        }

        return kept;
    }

    /// <summary>Reads the first bytes of the body.</summary>
    /// <remarks>
    /// The status has been received by now and decides the attempt. A body that breaks off or never ends only uses up
    /// the rest of the timeout: sending an event again after a 200 would be wrong.
    /// </remarks>
    public static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[AttemptResult.MaxBodyBytes];
        var count = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (count < buffer.Length)
            {
                var read = await body.ReadAsync(buffer.AsMemory(count), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                count += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // What was read so far is kept.
        }

        return buffer[..count];
    }

    public static TimeSpan? ReadRetryAfter(HttpResponseMessage response, DateTimeOffset answeredAt) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfter.Read(values.First(), answeredAt)
            : null;
}
