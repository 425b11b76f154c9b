using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Reporting;

namespace Scouthook.Benchmarks.Following;

/// <summary>
/// Measures the cost for receiving of stream followers that stop reading, compared with the same gateway without them.
/// </summary>
internal static class FollowBenchmark
{
    private const string Key = "scouthook-benchmark-admin-key";
    private const int Connections = 32;
    private const int Followers = 20;

    /// <summary>Messages of this many events exceed the system's buffers for a follower that does not read.</summary>
    private const int Backlog = 7_000;

    private const int MostPerSecond = 8_000;

    public static async Task RunAsync(Report report, int rounds, TimeSpan time)
    {
        report.Title("Accept beside followers that do not read");
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        try
        {
            var events = new SignedEvents(0);
            await using var gateway = await Accepting.Gateway.StartAsync(directory.FullName, ("Scouthook:Gateway:AdminKey", Key));
            await LoadClient.SaturateAsync(gateway.Address, Connections, Requests(events, Backlog), TimeSpan.FromMinutes(1));
            List<double> besides = [], alones = [];
            for (var round = -1; round < rounds; round++)
            {
                // In turns, so that the growth of the store is not attributed to followers.
                var isFirst = round % 2 == 0;
                var before = isFirst ? await AloneAsync() : 0;
                var beside = await BesideAsync();
                var alone = isFirst ? before : await AloneAsync();
                if (round >= 0)
                {
                    besides.Add(beside);
                    alones.Add(alone);
                }
            }

            report.Compare(
                string.Create(CultureInfo.InvariantCulture, $"beside {Followers} followers that do not read"),
                "without them", "events/s", besides, alones, "≥ 0.9");
            report.Line(string.Create(CultureInfo.InvariantCulture, $"- memory at the end {gateway.WorkingSet / 1024 / 1024} MB"));

            Task<double> AloneAsync() => LoadClient.SaturateAsync(
                gateway.Address, Connections, Requests(events, (int)(MostPerSecond * time.TotalSeconds)), time);

            async Task<double> BesideAsync()
            {
                var stuck = new List<StuckFollower>();
                try
                {
                    for (var number = 0; number < Followers; number++)
                    {
                        stuck.Add(await StuckFollower.ConnectAsync(gateway.Address, Key));
                    }

                    return await AloneAsync();
                }
                finally
                {
                    stuck.ForEach(follower => follower.Dispose());
                }
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        report.Line("");
    }

    private static byte[][] Requests(SignedEvents events, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => events.NextRequest())];
}
