using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Servers;

/// <summary>
/// The least that a durable receiver can do: verifies the signature, writes one row, and answers when a commit of at most
/// 32 rows has been synced. It reads nothing from the body, detects no repeats and can list nothing.
/// </summary>
internal sealed class LeastDurableServer : IDisposable
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(SignedEvents.Secret);

    private readonly BlockingCollection<Pending> _queue = [];
    private readonly RawTable _table;

    private LeastDurableServer(string folder) => _table = new RawTable(Path.Combine(folder, "events.db"));

    public static async Task<int> RunAsync(string folder)
    {
        using var server = new LeastDurableServer(folder);
        new Thread(server.Write) { IsBackground = true, Name = "writer" }.Start();
        await using var app = ServerHost.NewBuilder().Build();
        app.Run(server.ReceiveAsync);
        return await ServerHost.RunAsync(app);
    }

    public void Dispose()
    {
        _table.Dispose();
        _queue.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var body = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(body);
        if (!IsSigned(context.Request.Headers["X-HelpScout-Signature"].ToString(), body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var pending = new Pending(context.Request.Headers["X-HelpScout-Event"].ToString(), body);
        _queue.Add(pending);
        await pending.Committed.Task;
    }

    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what Help Scout signs with.")]
    private static bool IsSigned(string signature, byte[] body)
    {
        Span<byte> expected = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(Key, body, expected);
        return Convert.TryFromBase64String(signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }

    private void Write()
    {
        var batch = new List<Pending>(RawSqlite.RowsPerTransaction);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < RawSqlite.RowsPerTransaction && _queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            _table.Write([.. batch.Select(pending => (pending.Name, pending.Body))]);
            foreach (var pending in batch)
            {
                pending.Committed.SetResult();
            }
        }
    }

    private sealed record Pending(string Name, byte[] Body)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
