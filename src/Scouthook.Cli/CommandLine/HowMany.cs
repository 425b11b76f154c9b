using System.CommandLine;

namespace Scouthook.Cli.CommandLine;

/// <summary>How much of a list to show: the same two options for every list that may be long.</summary>
internal sealed class HowMany
{
    private const int Usual = 50;

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The most to show.",
        HelpName = "number",
        DefaultValueFactory = _ => Usual,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Show all that match." };

    public void AddTo(Command command)
    {
        command.Options.Add(_limit);
        command.Options.Add(_all);
    }

    /// <summary>Whether a person said how many.</summary>
    public bool IsGiven(ParseResult parseResult) => parseResult.GetValue(_all) || parseResult.GetResult(_limit) is { Implicit: false };

    /// <exception cref="UsageException">The two do not go together, or there is no such number.</exception>
    public int Read(ParseResult parseResult)
    {
        var limit = parseResult.GetValue(_limit);
        if (limit < 1)
        {
            throw new UsageException("--limit must be 1 or more.");
        }

        if (!parseResult.GetValue(_all))
        {
            return limit;
        }

        return parseResult.GetResult(_limit) is { Implicit: false }
            ? throw new UsageException("Give --limit or --all, not both.")
            : int.MaxValue;
    }
}
