using System.Globalization;

namespace Scouthook.Gateway.Tests.Durability;

/// <summary>Concurrent requests share a commit.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>The gain in throughput is measured in <c>benchmarks/</c>.</remarks>
    [Fact]
    public async Task Waiting_requests_share_a_commit()
    {
        const int many = 64, most = 4, attempts = 5;
        await using var gateway = await HostedGateway.StartAsync(
            new GatewaySetup { Folder = _folder.Path }.With("Scouthook:Receiver:CommitTimeout", "60s"));
        Assert.Equal(200, (await gateway.PostAsync(Some.Event(0))).Status);

        Load load;
        double events, commits;
        var attempt = 0;
        do
        {
            // The store gives up on a lock after a few seconds, within which a busy machine may not have sent all requests.
            Assert.True(attempt++ < attempts, "the requests never waited together");
            var before = await CommitsAsync(gateway);
            load = new Load(gateway.Port, Some.Events(many, from: attempt * 1_000));
            Task running;
            using (Store.Block(gateway.Setup.Database))
            {
                var arrived = await ArrivedAsync(gateway);
                running = load.RunAsync(many, TestContext.Current.CancellationToken);
                await Eventually.AnswersTrueAsync(async () => await ArrivedAsync(gateway) == arrived + many, "all requests are waiting");
            }

            await running;
            var after = await CommitsAsync(gateway);
            (events, commits) = (after.Events - before.Events, after.Commits - before.Commits);
        }
        while (!load.Refused.IsEmpty);

        Figures.Print($"{events} events in {commits} commits");
        Assert.Equal(many, load.Acknowledged.Count);
        Assert.Equal(many, events);
        Assert.InRange(commits, 1, most);
    }

    private static async Task<double> ArrivedAsync(HostedGateway gateway)
    {
        const string metric = "scouthook_receive_body_size_bytes_count{scouthook_source=\"default\"} ";
        var line = (await gateway.MetricsAsync()).Split('\n').Single(it => it.StartsWith(metric, StringComparison.Ordinal));
        return double.Parse(line[metric.Length..], CultureInfo.InvariantCulture);
    }

    private static async Task<(double Events, double Commits)> CommitsAsync(HostedGateway gateway)
    {
        var text = await gateway.FreshMetricsAsync();
        return text.Contains("scouthook_inbox_commit_size_count", StringComparison.Ordinal)
            ? (Figures.Metric(text, "scouthook_inbox_commit_size_sum"),
                Figures.Metric(text, "scouthook_inbox_commit_size_count"))
            : (0, 0);
    }
}
