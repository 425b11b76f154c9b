using System.CommandLine;

namespace Scouthook.Cli.CommandLine;

/// <summary>The options <c>--limit</c> and <c>--all</c> of every command that lists items.</summary>
internal sealed class ListOptions
{
    private const int DefaultLimit = 50;

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "Show at most this many.",
        HelpName = "number",
        DefaultValueFactory = _ => DefaultLimit,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Show all matches." };

    public void AddTo(Command command)
    {
        command.Options.Add(_limit);
        command.Options.Add(_all);
    }

    /// <summary>True if one of the options was given.</summary>
    public bool IsGiven(ParseResult parseResult) => parseResult.GetValue(_all) || parseResult.GetResult(_limit) is { Implicit: false };

    /// <exception cref="UsageException">Both options were given, or the limit is out of range.</exception>
    public int Read(ParseResult parseResult)
    {
        var limit = parseResult.GetValue(_limit);
        if (limit < 1)
        {
            throw new UsageException("--limit must be at least 1.");
        }

        if (!parseResult.GetValue(_all))
        {
            return limit;
        }

        return parseResult.GetResult(_limit) is { Implicit: false }
            ? throw new UsageException("Use either --limit or --all, not both.")
            : int.MaxValue;
    }
}
