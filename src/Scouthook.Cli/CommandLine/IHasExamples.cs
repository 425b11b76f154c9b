namespace Scouthook.Cli.CommandLine;

/// <summary>A command with examples below its help.</summary>
internal interface IHasExamples
{
    /// <summary>Each example with its description.</summary>
    IReadOnlyList<(string Does, string Example)> Examples { get; }
}
