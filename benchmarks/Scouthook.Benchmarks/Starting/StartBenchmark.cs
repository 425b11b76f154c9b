using System.Reflection;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Servers;

namespace Scouthook.Benchmarks.Starting;

/// <summary>Measures start and idle memory of a gateway with an existing store, compared with an empty ASP.NET Core app.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const double Megabyte = 1024 * 1024;

    private static readonly string BareApp = typeof(StartBenchmark).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BareApp").Value!;

    private static readonly Row Start = new("start to ready, existing store", "s", "a bare ASP.NET Core app", Aim.RatioAtMost(1.8));

    private static readonly Row Memory = new("idle memory", "MB", "a bare ASP.NET Core app", Aim.ValueAtMost(100, "MB"));

    public string Group => "start";

    public string Title => "Start";

    public string Notes =>
        "From the start of the process to the line that says it is ready. The bare app is `WebApplication.CreateBuilder(args).Build().Run()`, built in the same way.";

    public IReadOnlyList<Row> Rows => [Start, Memory];

    public async Task MeasureAsync(Run run)
    {
        var (effort, data) = (run.Effort, run.NewFolder());
        await using (var gateway = await Accepting.Gateway.StartAsync(data))
        {
            await Rounds.SaturateAsync(run, gateway.Address, new SignedEvents(0), effort.Time);
        }

        // The first of each reads its files from the disk.
        for (var round = effort.IsSmoke ? 0 : -1; round < effort.Rounds; round++)
        {
            await using var gateway = await Accepting.Gateway.StartAsync(data);
            await using var bare = await ChildProcess.StartAsync(
                BareApp, ["--urls", "http://127.0.0.1:0"], "Now listening on: ", ("Logging__LogLevel__Default", "Information"));
            await Task.Delay(effort.IsSmoke ? TimeSpan.Zero : TimeSpan.FromSeconds(5));
            if (round >= 0)
            {
                run.Record(Start, gateway.StartTime.TotalSeconds, bare.StartTime.TotalSeconds);
                run.Record(Memory, gateway.WorkingSet / Megabyte, bare.WorkingSet / Megabyte);
            }
        }
    }
}
