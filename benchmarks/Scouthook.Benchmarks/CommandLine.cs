using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Dashboard;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Exporting;
using Scouthook.Benchmarks.Following;
using Scouthook.Benchmarks.Growing;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Reading;
using Scouthook.Benchmarks.Sharing;
using Scouthook.Benchmarks.Starting;

namespace Scouthook.Benchmarks;

/// <summary>What to measure, and how long.</summary>
internal sealed record CommandLine(Effort Effort, IReadOnlyList<IBenchmark> Benchmarks, string? Out, string? Gateway)
{
    private static readonly IBenchmark[] All =
    [
        new ReadingBenchmark(),
        new EndpointBenchmark(),
        new AcceptBenchmark(),
        new LongAcceptBenchmark(),
        new BacklogBenchmark(),
        new SteadyBenchmark(),
        new IsolationBenchmark(),
        new ManyEndpointsBenchmark(),
        new StartBenchmark(),
        new ExportBenchmark(),
        new FollowBenchmark(),
        new ConnectionsBenchmark(),
        new EndpointsBenchmark(),
        new ConcurrencyBenchmark(),
        new SharedAcceptBenchmark(),
        new SharedBacklogBenchmark(),
        new TurnoverBenchmark(),
        // Last, since they write large stores.
        new VolumeBenchmark(),
        new SharedVolumeBenchmark(),
    ];

    /// <summary>Measured only when named: it requires a browser.</summary>
    private static readonly IBenchmark[] ByThemselves = [new DashboardBenchmark()];

    private static IEnumerable<IBenchmark> Known => All.Concat(ByThemselves);

    private static string Usage =>
        $"""
        Usage: [all|smoke|{string.Join('|', Known.Select(benchmark => benchmark.Group).Distinct())}] [--quick|--full|--smoke]
               [--rounds N] [--seconds N] [--rows N] [--title TEXT] [--out FILE] [--gateway PROGRAM]
        """;

    /// <summary>Reads the arguments, or explains why they are wrong.</summary>
    public static CommandLine? Read(string[] arguments, [NotNullWhen(false)] out string? problem)
    {
        var (effort, group, isDated) = (Effort.Quick, "all", false);
        string? output = null, gateway = null, title = null;
        problem = null;
        try
        {
            for (var index = 0; index < arguments.Length; index++)
            {
                switch (arguments[index])
                {
                    case "smoke":
                    case "--smoke":
                        effort = Effort.Smoke;
                        break;
                    case "--quick":
                    case "--full":
                        (effort, isDated) = (arguments[index] is "--full" ? Effort.Full : Effort.Quick, true);
                        break;
                    case "--rounds":
                        effort = effort with { Rounds = Number(++index) };
                        break;
                    case "--seconds":
                        effort = effort with { Time = TimeSpan.FromSeconds(Number(++index)) };
                        break;
                    case "--rows":
                        effort = effort with { StoredEvents = Number(++index) };
                        break;
                    case "--out":
                        output = Value(++index);
                        break;
                    case "--title":
                        title = Value(++index);
                        break;
                    case "--gateway":
                        gateway = Value(++index);
                        break;
                    case var name when name is "all" || Known.Any(benchmark => benchmark.Group == name):
                        group = name;
                        break;
                    default:
                        problem = Usage;
                        return null;
                }
            }
        }
        catch (FormatException)
        {
            problem = Usage;
            return null;
        }

        if (group is "all" && isDated)
        {
            output ??= Path.Combine("benchmarks", "results", $"{DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.md");
        }

        if (output is not null)
        {
            // Before the minutes of measuring, not after them.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        }

        var named = Known.Where(benchmark =>
            (group is "all" ? All.Contains(benchmark) : benchmark.Group == group)
            && (title is null || benchmark.Title.Contains(title, StringComparison.OrdinalIgnoreCase)));
        return new CommandLine(effort, [.. named], output, gateway);

        string Value(int index) => index < arguments.Length ? arguments[index] : throw new FormatException();

        int Number(int index) => int.Parse(Value(index), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
