using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>What can be said about an endpoint: the same options when one is created and when it is changed.</summary>
internal sealed class EndpointMembers
{
    private readonly Option<string?> _name = new("--name") { Description = "Its name. Of a new one, default: the host of the address." };
    private readonly Option<string?> _url = new("--url") { Description = "Where to post to." };
    private readonly Option<string?> _events = new("--events") { Description = "Event names or patterns, with commas. Of a new one, default: *." };
    private readonly Option<string?> _mailboxes = new("--mailboxes")
    {
        Description = "The ids of inboxes at Help Scout, with commas; an empty text for any, which is the default.",
    };

    private readonly Option<string?> _ordering = new("--ordering") { Description = "resource (the default), strict or none." };
    private readonly Option<double?> _timeout = new("--timeout-seconds") { Description = "How long an attempt may take." };
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = "How many attempts may run at once." };
    private readonly Option<bool?> _unreadable = new("--include-unreadable")
    {
        Description = "Whether it gets events whose body could not be read: true (the default) or false.",
        HelpName = "true|false",
    };

    public void AddTo(Command command, bool needsUrl)
    {
        _url.Required = needsUrl;
        foreach (var option in new Option[] { _name, _url, _events, _mailboxes, _ordering, _timeout, _concurrency, _unreadable })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given, as the API takes it; the gateway checks it.</summary>
    public JsonObject Read(ParseResult parseResult)
    {
        var body = new JsonObject();
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

    /// <summary>A list as people write it, with commas.</summary>
    public static JsonArray Texts(string list) => [.. Split(list).Select(item => JsonValue.Create(item))];

    private static JsonArray Numbers(string list) => [.. Split(list).Select(item =>
        long.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : throw new UsageException($"--mailboxes: {item} is not the id of an inbox, which is a number."))];

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
