using Scouthook.Inbox.Model;
using Scouthook.Inbox.Receiving;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Storage.Sqlite;
using Scouthook.Parsing;
using Scouthook.Signing;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Writes events into a store through the code of the receiver, without HTTP.</summary>
internal sealed class StoreFill(SignedEvents events) : IDisposable
{
    private readonly SigningSecrets _secrets = new(SignedEvents.Secret);

    public List<NewEvent> Batch(int size, Func<int, DateTimeOffset> receivedAt) =>
        [.. Enumerable.Range(0, size).Select(index => Make(receivedAt(index)))];

    /// <summary>
    /// Measures how many events per second the store appends in batches of a size, on one thread and without HTTP.
    /// </summary>
    public async Task<double> EventsPerSecondAsync(string file, int batchSize, TimeSpan time)
    {
        var now = DateTimeOffset.UtcNow;
        var batches = Enumerable.Range(0, (int)Math.Clamp(200 * time.TotalSeconds, 1, 400)).Select(_ => Batch(batchSize, _ => now)).ToArray();
        using var database = new SqliteDatabase(file);
        using var writer = new SqliteWriter(database, new StoreSignal(), TimeProvider.System);
        var inbox = new SqliteInbox(writer, TimeSpan.FromHours(48));
        await new SqliteStore(database, writer).OpenAsync(CancellationToken.None);
        var done = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            await inbox.AppendAsync(batches[done++]);
        }
        while (watch.Elapsed < time && done < batches.Length);

        return done * batchSize / watch.Elapsed.TotalSeconds;
    }

    public void Dispose() => _secrets.Dispose();

    private NewEvent Make(DateTimeOffset receivedAt)
    {
        var (name, body) = events.NextBody();
        ReceivedWebhook.Verify(
            [new(HelpScoutHeaders.Event, name), new(HelpScoutHeaders.Signature, HelpScoutSignature.Sign(body, SignedEvents.Secret))],
            body,
            _secrets,
            out var webhook,
            receivedAt: receivedAt);
        return InboxReceiver.ToNewEvent(webhook!);
    }
}
