namespace Scouthook.Handling;

/// <summary>Runs code that logs on threads of which nobody awaits the result.</summary>
/// <remarks>
/// A logger of the app may throw anything, for example while its disk is full. In a timer or on the thread pool that would
/// end the process, and events would be rejected until the next start.
/// </remarks>
internal static class LogGuard
{
    /// <summary>Runs an action and drops its exception: there is nowhere left to report it.</summary>
    public static void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // As the summary says: the log itself may be what failed.
        }
    }

    /// <summary>Starts a timer that survives each exception of its callback and calls it again.</summary>
    public static ITimer StartTimer(TimeProvider timeProvider, Action callback, TimeSpan period) =>
        timeProvider.CreateTimer(static callback => Run((Action)callback!), callback, period, period);
}
