namespace Scouthook.Inbox.Tests.Support;

/// <summary>A clock that advances by a second at every reading.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
}
