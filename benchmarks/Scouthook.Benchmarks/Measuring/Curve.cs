namespace Scouthook.Benchmarks.Measuring;

/// <summary>A plot of the cost as work grows.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Title">What is measured.</param>
/// <param name="Across">What grows.</param>
/// <param name="Up">The unit of the figures.</param>
internal sealed record Curve(string Name, string Title, string Across, string Up);
