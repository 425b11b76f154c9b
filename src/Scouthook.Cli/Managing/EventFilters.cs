using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>The options that select events, with the same names in every command.</summary>
internal sealed class EventFilters
{
    private static readonly string[] EventStates = ["ok", "unknown", "unreadable", "notification"];

    private readonly Option<string?> _type = Type();
    private readonly Option<string?> _source = new("--source") { Description = "The name of a source.", HelpName = "name" };
    private readonly Option<string?> _resource = new("--resource")
    {
        Description = "The subject of the event as kind:id, such as conversation:3352330101.",
        HelpName = "kind:id",
    };

    private readonly Option<long?> _mailbox = new("--mailbox") { Description = "A mailbox id.", HelpName = "id" };
    private readonly Option<string?> _state = new("--state") { Description = "ok, unknown, unreadable or notification.", HelpName = "state" };
    private readonly Option<string?> _since = Since("Received");
    private readonly Option<string?> _until = Until("Received");

    public EventFilters() => _state.CompletionSources.Add(EventStates);

    /// <summary>True if the filters include <c>--since</c> or any other.</summary>
    public bool IsGiven(ParseResult parseResult) => All.Any(option => parseResult.GetResult(option) is { Implicit: false });

    private IEnumerable<Option> All => [_type, _source, _resource, _mailbox, _state, _since, _until];

    public static Option<string?> Type()
    {
        var type = new Option<string?>("--type")
        {
            Description = "Event types, families or patterns, separated by commas: convo.tags,conversations,tag.*",
            HelpName = "patterns",
        };
        type.CompletionSources.Add([.. EventPatternNotes.Known]);
        return type;
    }

    public static Option<string?> Since(string what) => new("--since")
    {
        Description = $"{what} at or after this time: {TimeOption.PastForms}.",
        HelpName = "time",
    };

    public static Option<string?> Until(string what) => new("--until") { Description = $"{what} before this time.", HelpName = "time" };

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the given filters, by the names the API has for them.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Read(ParseResult parseResult, DateTimeOffset now)
    {
        EventPatternNotes.Write(parseResult.GetValue(_type));
        return
        [
            .. new (string Name, JsonNode? Value)[]
            {
                ("type", parseResult.GetValue(_type)),
                ("source", parseResult.GetValue(_source)),
                ("resource", parseResult.GetValue(_resource)),
                ("mailbox", parseResult.GetValue(_mailbox)),
                ("state", parseResult.GetValue(_state)),
                ("since", TimeOption.ReadPast(parseResult, _since, now)),
                ("until", TimeOption.ReadPast(parseResult, _until, now)),
            }.Where(filter => filter.Value is not null).Select(filter => (filter.Name, filter.Value!)),
        ];
    }
}
