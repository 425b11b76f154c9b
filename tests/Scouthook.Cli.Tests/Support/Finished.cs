using System.Text.Json;

namespace Scouthook.Cli.Tests.Support;

/// <summary>The result of a run of the tool.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    /// <summary>The output as JSON; fails unless it is a single line.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.Equal(1, Output.Count(character => character == '\n'));
            Assert.EndsWith("\n", Output, StringComparison.Ordinal);
            return JsonElement.Parse(Output);
        }
    }
}
