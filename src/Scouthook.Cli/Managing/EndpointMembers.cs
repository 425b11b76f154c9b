using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>The options for the members of an endpoint, shared by <c>create</c> and <c>change</c>.</summary>
/// <param name="isNew">Whether omitted options have defaults; otherwise they stay unchanged.</param>
internal sealed class EndpointMembers(bool isNew)
{
    private readonly Option<string?> _name = new("--name") { Description = isNew ? "The name. Default: the host of the URL." : "The name.", HelpName = "name" };
    private readonly Option<string?> _url = new("--url") { Description = "The URL to post events to.", HelpName = "url", Required = isNew };
    private readonly Option<string?> _events = new("--events") { Description = "Event types, families or patterns, separated by commas" + (isNew ? ". Default: *." : "; * for all."), HelpName = "patterns" };
    private readonly Option<string?> _mailboxes = new("--mailboxes")
    {
        Description = $"Mailbox ids, separated by commas, or an empty string for any{(isNew ? " (default)" : "")}.",
        HelpName = "ids",
    };

    private readonly Option<string?> _ordering = new("--ordering") { Description = $"resource{(isNew ? " (default)" : "")}, strict or none.", HelpName = "ordering" };
    private readonly Option<double?> _timeout = new("--timeout-seconds") { Description = "How long an attempt may take." + (isNew ? " Default: as configured (15)." : ""), HelpName = "number" };
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = "How many attempts may run concurrently." + (isNew ? " Default: as configured (10)." : ""), HelpName = "number" };
    private readonly Option<bool?> _unreadable = new("--include-unreadable")
    {
        Description = $"Whether to deliver unreadable events: true{(isNew ? " (default)" : "")} or false.",
        HelpName = "true|false",
    };

    public void AddTo(Command command)
    {
        _events.CompletionSources.Add([.. EventPatternNotes.Known]);
        _ordering.CompletionSources.Add("resource", "strict", "none");
        foreach (var option in new Option[] { _name, _url, _events, _mailboxes, _ordering, _timeout, _concurrency, _unreadable })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the given options as a request body; the gateway validates it.</summary>
    public JsonObject Read(ParseResult parseResult)
    {
        var body = new JsonObject();
        EventPatternNotes.Write(parseResult.GetValue(_events));
        Add("name", parseResult.GetValue(_name));
        Add("url", parseResult.GetValue(_url));
        Add("events", parseResult.GetValue(_events) is { } events ? Texts(events) : null);
        Add("mailboxIds", parseResult.GetValue(_mailboxes) is { } mailboxes ? Numbers(mailboxes) : null);
        Add("ordering", parseResult.GetValue(_ordering));
        Add("timeoutSeconds", parseResult.GetValue(_timeout));
        Add("concurrency", parseResult.GetValue(_concurrency));
        Add("includeUnreadable", parseResult.GetValue(_unreadable));
        return body;

        void Add(string member, JsonNode? value)
        {
            if (value is not null)
            {
                body[member] = value;
            }
        }
    }

    /// <summary>Splits a comma-separated list.</summary>
    public static JsonArray Texts(string list) => [.. Split(list).Select(item => JsonValue.Create(item))];

    private static JsonArray Numbers(string list) => [.. Split(list).Select(item =>
        long.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : throw new UsageException($"--mailboxes: {item} is not a mailbox id; mailbox ids are numbers."))];

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
