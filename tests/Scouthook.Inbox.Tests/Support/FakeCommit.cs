using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>A batch whose commit the test completes.</summary>
internal sealed class FakeCommit(IReadOnlyList<NewEvent> batch)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<NewEvent> Batch { get; } = batch;

    public Task Ended => _end.Task;

    public IEnumerable<string> Names => Batch.Select(it => it.EventType);

    public void Succeed() => _end.SetResult();

    public void Fail(Exception exception) => _end.SetException(exception);
}
