using System.Globalization;
using Scouthook.Benchmarks;
using Scouthook.Benchmarks.Accepting;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Benchmarks.Reporting;
using Scouthook.Benchmarks.Servers;

if (args is [Yardsticks.Argument, .. var yardstick])
{
    return await Yardsticks.RunAsync(yardstick);
}

if (CommandLine.Read(args, out var problem) is not { } options)
{
    Console.Error.WriteLine(problem);
    return 2;
}

if (options.Gateway is { } gateway)
{
    Gateway.Executable = Path.GetFullPath(gateway);
}

var load = Machine.Load();
var benchmarks = options.Benchmarks;
await using var run = new Run(options.Effort);
foreach (var benchmark in benchmarks)
{
    Console.Error.WriteLine(benchmark.Title);
    try
    {
        await benchmark.MeasureAsync(run);
    }
    catch (Exception exception)
    {
        // The others are still worth their time; the exit code says that rows are missing.
        Console.Error.WriteLine($"  failed: {exception}");
    }
}

string? images = null;
if (options.Out is { } file)
{
    var folder = Path.ChangeExtension(Path.GetFullPath(file), null);
    images = Path.GetFileName(folder);
    Plots.Save(run, benchmarks.SelectMany(benchmark => benchmark.Curves), folder);
    RatioPlot.Save(run, benchmarks.SelectMany(benchmark => benchmark.Rows), Path.Combine(folder, "ratios.png"));
}

string[] head =
[
    string.Create(CultureInfo.InvariantCulture, $"- {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, `{string.Join(' ', args)}`"),
    .. Machine.Describe(load),
];
var text = ResultsFile.Render(run, benchmarks, head, images);
Console.WriteLine(text);
if (options.Out is not null)
{
    await File.WriteAllTextAsync(options.Out, text);
}

var missing = ResultsFile.Missing(run, benchmarks);
foreach (var name in missing)
{
    Console.Error.WriteLine($"{ResultsFile.NotMeasured}: {name}");
}

return missing.Count == 0 ? 0 : 1;
