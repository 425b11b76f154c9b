using System.Collections.Immutable;
using System.CommandLine;
using Scouthook.AsyncApi;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Suggesting;
using Scouthook.Events;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook validate</c>: checks a body against the contract.</summary>
internal sealed class ValidateCommand : Command, IHasExamples
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The file with the body. Default: standard input, also written as -.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _event = new("--event", "-e")
    {
        Description = "The expected event type, such as convo.created. Default: try all; if none matches, report the closest.",
        HelpName = "name",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public ValidateCommand()
        : base("validate", "Check a body against the contract and list each violation. Exits with 0 if the body is valid, otherwise 1.")
    {
        _event.CompletionSources.Add([.. HelpScoutEventCatalog.All.Select(type => type.Name)]);
        Arguments.Add(_file);
        Options.Add(_event);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a captured body", "scouthook validate --event convo.created body.json"),
        ("a body of an unknown event type", "scouthook validate body.json"),
        ("a stored event", "scouthook events 01990f6e-… --body | scouthook validate --event tag.created"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var asked = parseResult.GetValue(_event) is { } name ? Find(name) : null;
        var body = await CommonOptions.ReadBytesAsync(parseResult.GetValue(_file), cancellationToken);
        ImmutableArray<HelpScoutEventType> events = asked is null ? PayloadValidator.FindClosest(body) : [asked];

        // If no payload is similar, any of them shows whether the body is JSON, and an object.
        var violations = PayloadValidator.Validate(events.FirstOrDefault() ?? HelpScoutEventCatalog.All[0], body);
        if (events.IsEmpty && violations.All(violation => violation.Location.Length > 0))
        {
            violations = [new PayloadViolation("", "has no member of any known event")];
        }

        var valid = violations.IsEmpty;
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(new { valid, events = events.Select(type => type.Name), violations, bytes = body.Length });
        }
        else
        {
            Write(asked, events, violations);
        }

        return valid ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Write(
        HelpScoutEventType? asked, ImmutableArray<HelpScoutEventType> events, ImmutableArray<PayloadViolation> violations)
    {
        if (violations.IsEmpty)
        {
            Screen.Out.MarkupLineInterpolated($"[{Palette.Good}]Valid[/]: the body matches the contract for {Names(events)}.");
        }
        else
        {
            var count = violations.Length == 1 ? "1 violation" : $"{violations.Length} violations";
            Screen.Out.MarkupLineInterpolated(asked is not null
                ? $"[{Palette.Bad}]Not valid[/]: {count} of the contract for {asked.Name}."
                : events.IsEmpty
                    ? (FormattableString)$"[{Palette.Bad}]Not valid[/]: the body matches no event."
                    : $"[{Palette.Bad}]Not valid[/]: the body matches no event. The closest is {Names(events)}, with {count}.");
        }

        if (asked is null && events.Length > 1)
        {
            Prose.WriteLine("These events share one schema; only the header X-HelpScout-Event distinguishes them.");
        }

        // Not a table: lines must stay whole so that they can be searched.
        foreach (var violation in violations)
        {
            Prose.WriteLine($"  {(violation.Location.Length == 0 ? "The body" : violation.Location)} {violation.Message}.");
        }
    }

    private static string Names(ImmutableArray<HelpScoutEventType> events) => events.Length == 1
        ? events[0].Name
        : $"{string.Join(", ", events[..^1].Select(type => type.Name))} and {events[^1].Name}";

    private static HelpScoutEventType Find(string name)
    {
        if (HelpScoutEventCatalog.Find(name) is { } type)
        {
            return type;
        }

        var near = NameSuggestions.Of(name);
        throw new UsageException(
            $"The contract has no event {HelpScoutEventCatalog.DisplayName(name)}."
            + (near.Count == 0 ? "" : $" Did you mean {string.Join(", ", near)}?"));
    }
}
