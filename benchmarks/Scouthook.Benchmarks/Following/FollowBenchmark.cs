using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Following;

/// <summary>
/// Measures the cost for receiving of stream followers that stop reading, compared with the same gateway without them.
/// </summary>
internal sealed class FollowBenchmark : IBenchmark
{
    private const string Key = "scouthook-benchmark-admin-key";
    private const int Connections = 32;
    private const int Followers = 20;

    /// <summary>Messages of this many events exceed the system's buffers for a follower that does not read.</summary>
    private const int Backlog = 7_000;

    private static readonly Row Beside = new(
        "accept beside 20 followers that do not read", "events/s", "without them", Aim.RatioAtLeast(0.9));

    private static readonly Row Memory = new("memory afterwards", "MB");

    public string Group => "follow";

    public string Title => "Beside followers that do not read";

    public string Notes => "32 connections, on one gateway, in turns.";

    public IReadOnlyList<Row> Rows => [Beside, Memory];

    public async Task MeasureAsync(Run run)
    {
        var events = new SignedEvents(0);
        await using var gateway = await Accepting.Gateway.StartAsync(run.NewFolder(), ("Scouthook:Gateway:AdminKey", Key));
        await LoadClient.SaturateAsync(
            gateway.Address, Connections, events.Requests(run.Effort.IsSmoke ? 100 : Backlog), TimeSpan.FromMinutes(1));
        for (var round = -run.Effort.WarmupRounds; round < run.Effort.Rounds; round++)
        {
            // In turns, so that the growth of the store is not attributed to followers.
            var isFirst = round % 2 == 0;
            var before = isFirst ? await AloneAsync() : 0;
            var beside = await BesideAsync();
            var alone = isFirst ? before : await AloneAsync();
            if (round >= 0)
            {
                run.Record(Beside, beside, alone);
            }
        }

        run.Record(Memory, gateway.WorkingSet / 1024.0 / 1024);

        async Task<double> AloneAsync() =>
            (await Rounds.SaturateAsync(run, gateway.Address, events, run.Effort.Time, Connections)).PerSecond;

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
}
