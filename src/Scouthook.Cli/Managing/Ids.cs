using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Reads ids that a person gave, so that a slip is told as one and not as something that is not there.</summary>
internal static class Ids
{
    /// <exception cref="UsageException">It is not an id.</exception>
    public static string Read(string text, string of) => Guid.TryParseExact(text.Trim(), "D", out var id)
        ? id.ToString()
        : throw new UsageException($"{text} is not the id of {of}, such as 01990f6e-0000-7000-8000-000000000000. The lists show them whole.");
}
