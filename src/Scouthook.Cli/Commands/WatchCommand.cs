using System.CommandLine;
using System.Globalization;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Listening;
using Scouthook.Cli.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook watch</c>: shows events and attempts as they happen.</summary>
internal sealed class WatchCommand : Command, IHasExamples, IRunsUntilStopped
{
    private readonly TimeProvider _timeProvider;
    private readonly ManagementOptions _gateway = new();
    private readonly StreamOptions _stream = new();
    private readonly Option<string?> _type = EventFilters.Type();
    private readonly Option<string?> _endpoint = EndpointOption.Create("Show only attempts to this endpoint, by name or id.");

    private readonly Option<bool> _json = new("--json") { Description = "Print each event and attempt as a single line of JSON." };

    public WatchCommand(TimeProvider timeProvider)
        : base("watch", "Show each event and each delivery attempt of a gateway as it happens, until you press Ctrl-C.")
    {
        _timeProvider = timeProvider;
        Options.Add(_type);
        Options.Add(_endpoint);
        _stream.AddTo(this);
        Options.Add(_json);
        _gateway.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("everything", "scouthook watch"),
        ("whether an endpoint recovers", "scouthook watch --endpoint crm"),
        ("changes of conversations, for a program", "scouthook watch --type 'convo.*' --json"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var (after, silence) = _stream.Read(parseResult);
        var json = parseResult.GetValue(_json);
        using var client = _gateway.Open(parseResult);
        var filter = new WatchFilter(ReadPatterns(parseResult), await ReadEndpointAsync(client, parseResult, cancellationToken));
        Action<string> say = json ? StandardOutput.TryWriteError : Say;
        var listener = new Listener(client, new Watcher(client, filter, json, _timeProvider), silence, _timeProvider, say);
        if (!json)
        {
            Say($"{LocalTime.Note(_timeProvider)} Press Ctrl-C to stop.");
        }

        await listener.RunAsync(after, cancellationToken);
        say(listener.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"Stopped. Resume with --after {place}.")
            : "Stopped.");
        return ExitCode.Ok;
    }

    private string[] ReadPatterns(ParseResult parseResult)
    {
        var types = parseResult.GetValue(_type);
        EventPatternNotes.Write(types);
        var patterns = (types ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return patterns.All(EventPattern.IsValid)
            ? patterns
            : throw new UsageException("--type must be event types, families or patterns such as convo.tags, conversations, convo.* or *.");
    }

    private async Task<string?> ReadEndpointAsync(ManagementClient client, ParseResult parseResult, CancellationToken cancellationToken) =>
        parseResult.GetValue(_endpoint) is { } endpoint
            ? (await EndpointNames.ReadAsync(client, cancellationToken)).IdOf(endpoint)
            : null;

    private void Say(string text) => StandardOutput.TryWriteLine(Prose.OnScreen($"{LocalTime.Now(_timeProvider)}  {text}", LocalTime.Column));
}
