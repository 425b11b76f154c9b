using System.Net;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Reading;

/// <summary>Measures an endpoint without a store: what verifying and reading leave of Kestrel's rate.</summary>
internal sealed class EndpointBenchmark : IBenchmark
{
    private const string Bare = "bare Kestrel: reads the body, answers 200";

    private static readonly Row OfKestrel = new(
        "endpoint without a store, 3 KB, a handler for one event type", "requests/s", Bare, Aim.RatioAtLeast(0.75));

    private static readonly Row AllOfKestrel = new("endpoint without a store, a typed handler for all events", "requests/s", Bare);

    private static readonly Row OfOctokit = new(
        "endpoint without a store, a typed handler for all events", "requests/s",
        "Octokit.Webhooks.AspNetCore, a body of the same size", Aim.RatioAtLeast(1.4));

    public string Group => "reading";

    public string Title => "An endpoint without a store";

    public string Notes => "64 connections; the client shares the machine's processors with the server. Each server is a process of its own.";

    public IReadOnlyList<Row> Rows => [OfKestrel, AllOfKestrel, OfOctokit];

    public async Task MeasureAsync(Run run)
    {
        var requests = new SignedEvents(0).Requests(1_000);
        var fromGitHub = GitHubRequests.Make(requests[0].Length, 1_000);
        await using var bare = await Yardsticks.StartAsync(Yardsticks.BareKestrel);
        await using var one = await Yardsticks.StartAsync(Yardsticks.OneHandler);
        await using var all = await Yardsticks.StartAsync(Yardsticks.HandlerOfAll);
        await using var octokit = await Yardsticks.StartAsync(Yardsticks.Octokit);
        for (var round = run.Effort.IsSmoke ? 0 : -1; round < run.Effort.Rounds; round++)
        {
            var kestrel = await RateAsync(bare.Address, requests);
            var ours = await RateAsync(one.Address, requests);
            var typed = await RateAsync(all.Address, requests);
            var theirs = await RateAsync(octokit.Address, fromGitHub);
            if (round >= 0)
            {
                run.Record(OfKestrel, ours, kestrel);
                run.Record(AllOfKestrel, typed, kestrel);
                run.Record(OfOctokit, typed, theirs);
            }
        }

        async Task<double> RateAsync(IPEndPoint address, byte[][] each)
        {
            var next = -1;
            var load = await LoadClient.MeasureAsync(
                address, Rounds.Connections, () => each[(Interlocked.Increment(ref next) & int.MaxValue) % each.Length], run.Effort.Time);
            return load.PerSecond;
        }
    }
}
