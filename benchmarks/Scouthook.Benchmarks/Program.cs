using System.Globalization;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Dashboard;
using Scouthook.Benchmarks.Delivering;
using Scouthook.Benchmarks.Following;
using Scouthook.Benchmarks.Reading;
using Scouthook.Benchmarks.Reporting;

// Usage: [reading|accept|volume|deliver|follow|all|dashboard] [--rounds N] [--seconds N] [--rows N] [--out FILE]
var what = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? "all";
var rounds = Number("--rounds", 7);
var seconds = Number("--seconds", 3);
var rows = Number("--rows", 1_000_000);

if (what is "dashboard")
{
    // By itself: it needs a browser.
    Console.WriteLine(await DashboardBenchmark.RunAsync(rounds, TimeSpan.FromSeconds(seconds), rows));
    return 0;
}

if (what is not ("reading" or "accept" or "volume" or "deliver" or "follow" or "all"))
{
    Console.Error.WriteLine($"{what}: measure reading, accept, volume, deliver, follow, all or dashboard.");
    return 2;
}

if (Option("--out") is { } results)
{
    // Before the minutes of measuring, not after them.
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(results))!);
}

var report = new Report();
if (what is "reading" or "all")
{
    ReadingBenchmark.Run(report, rounds);
}

if (what is "accept" or "all")
{
    await AcceptBenchmark.RunAsync(report, rounds, TimeSpan.FromSeconds(seconds));
}

if (what is "volume" or "all")
{
    await VolumeBenchmark.RunAsync(report, rounds, TimeSpan.FromSeconds(seconds), rows);
}

if (what is "deliver" or "all")
{
    await DeliverBenchmark.RunAsync(report, rounds, TimeSpan.FromSeconds(seconds));
}

if (what is "follow" or "all")
{
    await FollowBenchmark.RunAsync(report, rounds, TimeSpan.FromSeconds(seconds));
}

var text = report.ToString();
Console.WriteLine(text);
if (Option("--out") is { } file)
{
    await File.WriteAllTextAsync(file, text);
}

return 0;

string? Option(string name) => args.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();

int Number(string name, int usual) =>
    Option(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
