using Scouthook.Cli.CommandLine;
using Scouthook.Inbox.PostgreSql.Migration;

namespace Scouthook.Cli.Migrating;

/// <summary>Shows the progress of a migration on standard error: bars on a terminal, otherwise a line for each tenth.</summary>
internal static class MigrationView
{
    private const int Tenths = 10;

    /// <param name="isQuiet">Whether to show nothing.</param>
    /// <param name="work">The migration; it reports to the function that it gets.</param>
    public static async Task<MigrationResult> RunAsync(bool isQuiet, Func<Action<MigrationProgress>, Task<MigrationResult>> work)
    {
        if (isQuiet || Console.IsErrorRedirected)
        {
            return await work(isQuiet ? _ => { } : Lines());
        }

        return await Screen.Progress()
            .StartAsync(async bars =>
            {
                var (copying, verifying) = (bars.AddTask("Copying"), bars.AddTask("Verifying", autoStart: false));
                return await work(progress =>
                {
                    var bar = progress.Phase is MigrationPhase.Copying ? copying : verifying;
                    bar.MaxValue = Math.Max(1, progress.Total);
                    if (!bar.IsStarted)
                    {
                        bar.StartTask();
                    }

                    bar.Value = progress.Total == 0 ? 1 : progress.Done;
                });
            });
    }

    private static Action<MigrationProgress> Lines()
    {
        var shown = default((MigrationPhase Phase, long Tenth)?);
        return progress =>
        {
            var tenth = progress.Total == 0 ? Tenths : Math.Min(Tenths, progress.Done * Tenths / progress.Total);
            if (shown != (progress.Phase, tenth))
            {
                shown = (progress.Phase, tenth);
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"{progress.Phase}: {tenth * 100 / Tenths} % ({progress.Done:N0} of {progress.Total:N0} rows)"));
            }
        };
    }
}
