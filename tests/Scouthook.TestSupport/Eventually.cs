namespace Scouthook.TestSupport;

/// <summary>Waits for an asynchronous condition, up to a limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what) =>
        AnswersTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task AnswersTrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"never came true: {what}");
            await PauseAsync();
        }
    }

    public static Task PauseAsync() =>
        Task.Delay(Step, TimeProvider.System, TestContext.Current.CancellationToken);
}
