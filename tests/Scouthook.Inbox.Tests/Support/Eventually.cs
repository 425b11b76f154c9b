namespace Scouthook.Inbox.Tests.Support;

/// <summary>Bounds the waiting for something that happens in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task InTime(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) =>
        task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
