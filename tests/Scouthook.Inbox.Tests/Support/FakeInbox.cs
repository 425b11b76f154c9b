using System.Threading.Channels;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>An inbox whose commits complete when and how the test specifies.</summary>
internal sealed class FakeInbox : IInbox
{
    private readonly Channel<FakeCommit> _commits = Channel.CreateUnbounded<FakeCommit>();
    private int _sequence;

    /// <summary>Waits for the next batch being committed.</summary>
    public Task<FakeCommit> NextAsync() =>
        _commits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().InTime();

    /// <summary>True if a batch is being committed that the test has not read yet.</summary>
    public bool HasNext => _commits.Reader.TryPeek(out _);

    public async ValueTask<AppendOutcome[]> AppendAsync(IReadOnlyList<NewEvent> batch)
    {
        var commit = new FakeCommit(batch);
        await _commits.Writer.WriteAsync(commit);
        await commit.Ended;
        return [.. batch.Select(_ => new AppendOutcome(Interlocked.Increment(ref _sequence), false, false, false))];
    }
}
