namespace Scouthook.Cli.CommandLine;

/// <summary>A command that shows below its help how it is used.</summary>
internal interface IHasExamples
{
    /// <summary>Each example with the words that say what it does.</summary>
    IReadOnlyList<(string Does, string Example)> Examples { get; }
}
