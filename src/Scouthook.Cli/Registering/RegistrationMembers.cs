using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Suggesting;
using Scouthook.Events;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Registering;

/// <summary>The options for the members of a registration, shared by <c>create</c> and <c>update</c>.</summary>
internal sealed class RegistrationMembers
{
    private readonly Option<string?> _url = new("--url")
    {
        Description = "The public URL that Help Scout posts events to.",
        HelpName = "url",
    };

    private readonly Option<string[]> _events = new("--event")
    {
        Description = "An event to send, such as convo.created. Repeat the option, or separate names with commas.",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _allEvents = new("--all-events")
    {
        Description = $"Send all {AcceptedEvents.All.Length} events that the API documents.",
    };

    private readonly Option<long[]> _mailboxes = new("--mailbox")
    {
        Description = "Send only conversations of this inbox. Repeat the option for several. Default for a new registration: all.",
        HelpName = "id",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _allMailboxes = new("--all-mailboxes") { Description = "Send the conversations of all inboxes." };

    private readonly Option<string?> _label = new("--label") { Description = "A label, shown in Help Scout.", HelpName = "text" };

    private readonly Option<string?> _version = new("--payload-version")
    {
        Description = "V2 (default) or V3, which also says when an actor is an AI agent.",
        HelpName = "version",
    };

    private readonly Option<bool?> _notification = new("--notification")
    {
        Description = "Whether to send only the URI of the resource: true or false (default).",
        HelpName = "true|false",
    };

    public RegistrationMembers() => _version.AcceptOnlyFromAmong(PayloadVersions.V2, PayloadVersions.V3);

    private Option[] All => [_url, _events, _allEvents, _mailboxes, _allMailboxes, _label, _version, _notification];

    /// <param name="command">The command.</param>
    /// <param name="onlyExpected">Adds only the options that name a registration and its events.</param>
    public void AddTo(Command command, bool onlyExpected = false)
    {
        foreach (var option in onlyExpected ? [_url, _events, _allEvents] : All)
        {
            command.Options.Add(option);
        }
    }

    /// <returns>The URL; <see langword="null"/> if it was not given.</returns>
    /// <exception cref="UsageException">It is not an absolute URL.</exception>
    public string? Url(ParseResult parseResult)
    {
        var url = parseResult.GetValue(_url);
        return url is null || RegistrationRules.UrlProblem(url) is not { } problem ? url : throw new UsageException($"--url {problem}");
    }

    /// <returns>The events; <see langword="null"/> if none were given.</returns>
    /// <exception cref="UsageException">A name can't be one of an event.</exception>
    public IReadOnlyList<string>? Events(ParseResult parseResult)
    {
        var names = (parseResult.GetValue(_events) ?? [])
            .SelectMany(item => item.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .ToList();
        if (parseResult.GetValue(_allEvents))
        {
            return names.Count == 0 ? AcceptedEvents.All : throw new UsageException("Use either --event or --all-events, not both.");
        }

        foreach (var name in names)
        {
            if (RegistrationRules.EventProblem(name) is { } problem)
            {
                throw new UsageException($"--event: {name} {problem}");
            }
        }

        return names.Count > 0 ? names : null;
    }

    /// <returns>The changed registration; the same if no option was given.</returns>
    public RegistrationRequest Apply(RegistrationRequest request, ParseResult parseResult) => request with
    {
        Url = Url(parseResult) ?? request.Url,
        Events = Events(parseResult) ?? request.Events,
        MailboxIds = Mailboxes(parseResult) ?? request.MailboxIds,
        Label = parseResult.GetValue(_label) ?? request.Label,
        PayloadVersion = parseResult.GetValue(_version) ?? request.PayloadVersion,
        Notification = parseResult.GetValue(_notification) ?? request.Notification,
    };

    /// <summary>Returns whether any of the options was given.</summary>
    public bool AreGiven(ParseResult parseResult) => All.Any(option => parseResult.GetResult(option) is { Implicit: false });

    /// <summary>Warns about names that may be misspelt; Help Scout may accept them nevertheless.</summary>
    public void WarnAboutUnknownEvents(ParseResult parseResult)
    {
        foreach (var name in (Events(parseResult) ?? []).Where(name => HelpScoutEventCatalog.All.All(type => type.Name != name)))
        {
            var similar = NameSuggestions.Of(name);
            StandardOutput.TryWriteError($"Warning: {name} is not one of the {HelpScoutEventCatalog.All.Length} events."
                + (similar.Count > 0 ? $" Did you mean {similar[0]}?" : ""));
        }
    }

    /// <summary>Warns about a URL that exposes what is sent; Help Scout may accept it nevertheless.</summary>
    public static void WarnAbout(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
        {
            StandardOutput.TryWriteError("Warning: the URL is http, so customers' messages travel unencrypted. Use https, except for a test on your own machine.");
        }
    }

    private IReadOnlyList<long>? Mailboxes(ParseResult parseResult)
    {
        var ids = parseResult.GetValue(_mailboxes) ?? [];
        if (parseResult.GetValue(_allMailboxes))
        {
            return ids.Length == 0 ? [] : throw new UsageException("Use either --mailbox or --all-mailboxes, not both.");
        }

        return ids.Length > 0 ? [.. ids.Distinct()] : null;
    }
}
